using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Simulation.Fees;
using Tradewind.Simulation.Fills;
using Tradewind.Simulation.Statistics;

namespace Tradewind.Simulation.Tests.Statistics;

/// <summary>Made-up bars, and the position that is wished for at each close.</summary>
internal sealed class RandomRun
{
    public const decimal Cash = 10_000m;
    public const decimal PointValue = 2m;

    private static readonly Instrument Instrument = new("RND", AssetClass.Future, 0.25m, PointValue, ContinuousCalendar.Instance);

    /// <param name="seed">Decides bars, wishes and commission.</param>
    public RandomRun(int seed)
    {
        // Seeded: the same run for the same number, everywhere.
        var random = new Random(seed);
        int count = random.Next(1, 400);
        int[] minutes = [1, 30, 240, 1440];
        Length = TimeSpan.FromMinutes(minutes[random.Next(minutes.Length)]);
        Commission = random.Next(0, 4) * 0.55m;
        Timestamp start = Timestamp.FromUtc(2024, 2, 25);
        int price = 4000;
        for (int i = 0; i < count; i++)
        {
            // Some bars are missing, as in real data.
            start += random.Next(10) == 0 ? Length * random.Next(2, 9) : Length;
            int open = Math.Max(8, price + random.Next(-6, 7)), close = Math.Max(8, open + random.Next(-40, 41));
            Bars.Add(new(start, start + Length, open * 0.25, (Math.Max(open, close) + random.Next(0, 5)) * 0.25, (Math.Min(open, close) - random.Next(0, 5)) * 0.25, close * 0.25, 1));
            Wishes.Add(random.Next(3) > 0 && i > 0 ? Wishes[^1] : random.Next(-3, 4));
            price = close;
        }
    }

    public TimeSpan Length { get; }

    public decimal Commission { get; }

    public List<Bar> Bars { get; } = [];

    /// <summary>Signed units wished for at the close of each bar.</summary>
    public List<int> Wishes { get; } = [];

    public BacktestResult Run(out Tally tally, IFillModel? fills = null) =>
        Run(out tally, fills, backtest => backtest.Run(0, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Bars)));

    /// <summary>The same as the only history of a joint run, taken in a few records at a time.</summary>
    public BacktestResult RunJointly(out Tally tally, IFillModel? fills = null) => Run(out tally, fills, backtest =>
    {
        var joint = new JointRun(backtest, [History.Of(0, Bars.ToArray())]);
        while (joint.Advance(7)) { }
    });

    private BacktestResult Run(out Tally tally, IFillModel? fills, Action<Backtest> run)
    {
        var engine = new Engine(new EngineOptions { Instruments = [Instrument], StartingCash = Cash, AllowShort = true });
        engine.Add(new Wishing(Wishes), 0, Timeframe.Minutes((int)Length.TotalMinutes));
        var backtest = new Backtest(engine, new VenueOptions { Fees = new PerUnit(Commission), Fills = fills ?? new NextOpen() });
        run(backtest);
        tally = backtest.Tally;
        return BacktestResult.Of(engine, tally);
    }

    private sealed class Wishing(List<int> wishes) : Strategy
    {
        private readonly List<int> _wishes = wishes;
        private int _next;

        protected override void OnBar(in Bar bar)
        {
            int wish = _wishes[_next++];
            SignalAction action = wish > 0 ? SignalAction.Buy : wish < 0 ? SignalAction.Sell : SignalAction.Close;
            Emit(new Wish(action, "the test says so") { Quantity = Math.Abs(wish) });
        }
    }
}
