using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Simulation;

namespace Tradewind.Strategies.Tests.Support;

/// <summary>What a strategy wished on a bar.</summary>
/// <param name="Bar">Index of the bar at whose close it spoke.</param>
internal sealed record Said(int Bar, SignalAction Action, string Reason, decimal? Stop, decimal? Target, decimal Quantity, int Instrument);

/// <summary>A fill of its orders.</summary>
/// <param name="Bar">Index of the bar within which it filled.</param>
internal sealed record Filled(int Bar, decimal Signed, decimal Price, OrderPurpose Purpose, decimal PositionAfter, int Instrument);

/// <summary>One strategy on one series of bars, with orders filled at the next open, and everything that it said and did kept by bar.</summary>
internal sealed class StrategyRun
{
    private SimulatedVenue _venue;
    private readonly EngineOptions _options;
    private Engine _engine;
    private readonly Dictionary<long, OrderPurpose> _purposes = [];
    private int _bar;

    public StrategyRun(Strategy strategy, bool allowShort, params Instrument[] instruments)
    {
        _options = new EngineOptions { Instruments = instruments, StartingCash = 1_000_000m, AllowShort = allowShort };
        _engine = new Engine(_options);
        _venue = new SimulatedVenue(instruments, new VenueOptions());
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
        var run = new StrategyRun(strategy, allowShort, instrument ?? Markets.Es);
        foreach (Bar bar in bars) run.Give(in bar);
        return run;
    }

    public void Give(in Bar bar)
    {
        Give(0, in bar);
        _bar++;
    }

    /// <summary>Bars of two instruments that end together: the first one's comes first.</summary>
    public void Give(in Bar first, in Bar second)
    {
        Give(0, in first);
        Give(1, in second);
        _bar++;
    }

    /// <summary>Another session goes on from what this one leaves: a new engine and strategy, told of the bars so far, at the same venue.</summary>
    public void Restart(Strategy strategy, ReadOnlySpan<Bar> past)
    {
        Carry left = Carry.FromJson(_engine.Leave("before", order => order.ClientId ?? $"tw-before-{order.Id}").ToJson());
        Timestamp now = _engine.Now;
        _engine = new Engine(_options);
        _engine.Add(strategy, 0, Timeframe.OneMinute);
        Route(_engine.Process(Input.Carry(now, left)));
        GoOnAtTheVenue(now, past[^1].Close);
        foreach (Bar bar in past) Recall(0, in bar, now);
        Deliver();
    }

    /// <summary>A bar of the past, told now.</summary>
    public void Recall(int instrument, in Bar bar, Timestamp now) => Route(_engine.Process(new Input(instrument, in bar, now, isHistory: true)));

    /// <summary>The venue knows orders as objects, and the new engine has others for those that work: they work on, without another word of acceptance.</summary>
    private void GoOnAtTheVenue(Timestamp now, double lastPrice)
    {
        _venue = new SimulatedVenue([.. _options.Instruments], new VenueOptions());
        _venue.SetLastPrice(0, lastPrice);
        foreach (Order order in _engine.Market(0).Working) _venue.Submit(order, now);
        while (_venue.TryTakeEvent(out _)) { }
    }

    private void Give(int instrument, in Bar bar)
    {
        while (_venue.TryFill(instrument, in bar, _engine.Now)) Deliver();
        _venue.ExpireAfter(instrument, bar.End);
        Deliver();
        _venue.SetLastPrice(instrument, bar.Close);
        Route(_engine.Process(instrument, in bar));
        Deliver();
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
                case OutputKind.ModifyRequested: _venue.Modify(output.Order, output.Time); break;
                case OutputKind.SignalRaised:
                    Signal signal = output.Signal;
                    Signals.Add(new(_bar, signal.Action, signal.Reason, signal.StopLoss, signal.TakeProfit, signal.Quantity ?? 0m, output.Instrument));
                    break;
                case OutputKind.FillBooked:
                    Fill fill = output.Fill;
                    Fills.Add(new(_bar, fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity, fill.Price, _purposes[fill.Order.Value], fill.PositionAfter, output.Instrument));
                    break;
                case OutputKind.StrategySuspended: throw new InvalidOperationException($"Suspended on bar {_bar}: {output.Text}");
            }
        }
    }
}
