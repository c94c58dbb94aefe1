using System.Runtime.InteropServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Simulation.Fills;
using Tradewind.Simulation.Statistics;

namespace Tradewind.Simulation.Tests.Fills;

/// <summary>Minute bars, and what is wished for at the close of some of them.</summary>
internal sealed class FillRun
{
    public static readonly Timestamp Start = Timestamp.FromUtc(2024, 3, 5, 14, 30);

    private static readonly Instrument Instrument = new("TST", AssetClass.Future, 0.25m, 1m, ContinuousCalendar.Instance);

    private readonly List<Bar> _bars = [];
    private readonly Dictionary<int, Wish> _wishes = [];

    public IReadOnlyList<Bar> Bars => _bars;

    public FillRun Bar(double open, double high, double low, double close)
    {
        Timestamp start = Start + TimeSpan.FromMinutes(_bars.Count);
        _bars.Add(new(start, start + TimeSpan.FromMinutes(1), open, high, low, close, 1));
        return this;
    }

    /// <summary>At the close of the bar added last.</summary>
    public FillRun Wish(Wish wish)
    {
        _wishes[_bars.Count - 1] = wish;
        return this;
    }

    public IReadOnlyList<BookedFill> Fills(IFillModel model, VenueOptions? venue = null)
    {
        var engine = new Engine(new EngineOptions { Instruments = [Instrument], AllowShort = true });
        engine.Add(new Script(_wishes), 0, Timeframe.OneMinute);
        var backtest = new Backtest(engine, (venue ?? new VenueOptions()) with { Fills = model });
        backtest.Run(0, CollectionsMarshal.AsSpan(_bars));
        return backtest.Tally.Fills;
    }

    private sealed class Script(IReadOnlyDictionary<int, Wish> wishes) : Strategy
    {
        private readonly IReadOnlyDictionary<int, Wish> _wishes = wishes;
        private int _bar;

        protected override void OnBar(in Bar bar)
        {
            if (_wishes.TryGetValue(_bar++, out Wish wish)) Emit(in wish);
        }
    }
}
