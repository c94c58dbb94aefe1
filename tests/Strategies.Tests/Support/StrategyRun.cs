using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Simulation;

namespace Tradewind.Strategies.Tests.Support;

/// <summary>What a strategy wished on a bar.</summary>
/// <param name="Bar">Index of the bar at whose close it spoke.</param>
internal sealed record Said(int Bar, SignalAction Action, string Reason, decimal? Stop, decimal? Target, decimal Quantity);

/// <summary>A fill of its orders.</summary>
/// <param name="Bar">Index of the bar within which it filled.</param>
internal sealed record Filled(int Bar, decimal Signed, decimal Price, OrderPurpose Purpose, decimal PositionAfter);

/// <summary>One strategy on one series of bars, with orders filled at the next open, and everything that it said and did kept by bar.</summary>
internal sealed class StrategyRun
{
    private readonly SimulatedVenue _venue;
    private readonly Engine _engine;
    private readonly Dictionary<long, OrderPurpose> _purposes = [];
    private int _bar;

    public StrategyRun(Strategy strategy, Instrument instrument, bool allowShort = true)
    {
        _engine = new Engine(new EngineOptions { Instruments = [instrument], StartingCash = 1_000_000m, AllowShort = allowShort });
        _venue = new SimulatedVenue([instrument], new VenueOptions());
        _engine.Add(strategy, 0, Timeframe.OneMinute);
    }

    public List<Said> Signals { get; } = [];

    public List<Filled> Fills { get; } = [];

    public Engine Engine => _engine;

    public StrategyView Strategy => _engine.Strategy(0);

    /// <summary>The bars at whose close it spoke, with what it wished.</summary>
    public IEnumerable<(int Bar, SignalAction Action)> Wishes => Signals.Select(each => (each.Bar, each.Action));

    public static StrategyRun Of(Strategy strategy, IReadOnlyList<Bar> bars, Instrument? instrument = null, bool allowShort = true)
    {
        var run = new StrategyRun(strategy, instrument ?? Markets.Es, allowShort);
        foreach (Bar bar in bars) run.Give(in bar);
        return run;
    }

    public void Give(in Bar bar)
    {
        while (_venue.TryFill(0, in bar, _engine.Now)) Deliver();
        _venue.ExpireAfter(0, bar.End);
        Deliver();
        _venue.SetLastPrice(0, bar.Close);
        Route(_engine.Process(0, in bar));
        Deliver();
        _bar++;
    }

    private void Deliver()
    {
        while (_venue.TryTakeEvent(out Input told)) Route(_engine.Process(in told));
    }

    private void Route(ReadOnlySpan<Output> outputs)
    {
        foreach (ref readonly Output output in outputs)
        {
            switch (output.Kind)
            {
                case OutputKind.OrderSubmitted:
                    _purposes[output.Order.Id.Value] = output.Order.Purpose;
                    _venue.Submit(output.Order, output.Time);
                    break;
                case OutputKind.CancelRequested: _venue.Cancel(output.Order, output.Time); break;
                case OutputKind.SignalRaised:
                    Signal signal = output.Signal;
                    Signals.Add(new(_bar, signal.Action, signal.Reason, signal.StopLoss, signal.TakeProfit, signal.Quantity ?? 0m));
                    break;
                case OutputKind.FillBooked:
                    Fill fill = output.Fill;
                    Fills.Add(new(_bar, fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity, fill.Price, _purposes[fill.Order.Value], fill.PositionAfter));
                    break;
                case OutputKind.StrategySuspended: throw new InvalidOperationException($"Suspended on bar {_bar}: {output.Text}");
            }
        }
    }
}
