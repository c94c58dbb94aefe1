using System.Runtime.CompilerServices;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Engine;

/// <summary>The outputs of one input, in order, and the hash over all outputs of the run. Reused from input to input.</summary>
internal sealed class OutputBuffer
{
    private Output[] _outputs = new Output[64];
    private int _count;
    private StateHash _hash;

    public ulong Hash => _hash.Value;

    public Timestamp Time { get; private set; }

    public ReadOnlySpan<Output> Outputs => new(_outputs, 0, _count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(Timestamp time)
    {
        Time = time;
        _count = 0;
    }

    /// <summary>Takes a figure into the hash that is no output of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fold(double figure) => _hash.Fold(figure);

    public void Add(int instrument, in BarClosed closed)
    {
        Next(OutputKind.BarClosed, instrument, -1).BarClosed = closed;
        _hash.Fold(closed.Bar.End.Nanoseconds);
        _hash.Fold(closed.Bar.Close);
        _hash.Fold(closed.Bar.Volume);
    }

    public void Add(Signal signal)
    {
        Next(OutputKind.SignalRaised, signal.Instrument, signal.Strategy).Body = signal;
        signal.Fold(ref _hash);
    }

    public void Add(int instrument, int strategy, in SignalRefused refused)
    {
        Next(OutputKind.SignalRefused, instrument, strategy).SignalRefused = refused;
        _hash.Fold((int)refused.Reason << 8 | (int)refused.Action);
    }

    public void Add(int instrument, int strategy, in IndicatorRead read, string name)
    {
        ref Output output = ref Next(OutputKind.IndicatorRead, instrument, strategy);
        output.IndicatorRead = read;
        output.Body = name;
        _hash.Fold(read.Value);
    }

    public void Add(int instrument, in VoteCast cast)
    {
        Next(OutputKind.VoteCast, instrument, cast.Vote.Strategy).VoteCast = cast;
        _hash.Fold(cast.Vote.Weight);
    }

    public void Add(int instrument, in DecisionMade made)
    {
        Next(OutputKind.DecisionMade, instrument, -1).DecisionMade = made;
        _hash.Fold((int)made.Action);
        _hash.Fold(made.Target);
    }

    public void Add(int instrument, in RiskChecked check, string rule)
    {
        ref Output output = ref Next(OutputKind.RiskChecked, instrument, -1);
        output.RiskChecked = check;
        output.Body = rule;
        _hash.Fold((int)check.Result.Outcome << 8 | (int)check.Result.Code);
        _hash.Fold(check.Result.Measured);
    }

    public void Add(int instrument, in OrderDenied denied)
    {
        Next(OutputKind.OrderDenied, instrument, -1).OrderDenied = denied;
        _hash.Fold((int)denied.Code << 8 | (int)denied.Terms.Side);
        _hash.Fold(denied.Terms.Quantity);
    }

    public void AddSubmitted(Order order)
    {
        Next(OutputKind.OrderSubmitted, order.Instrument, order.Share(0).Strategy).Body = order;
        _hash.Fold(order.Id.Value);
        _hash.Fold((int)order.Side | (int)order.Type << 8 | (int)order.TimeInForce << 16 | (int)order.Purpose << 24);
        _hash.Fold(order.Quantity);
        if (order.Type == OrderType.Market) return;
        _hash.Fold(order.LimitPrice);
        _hash.Fold(order.StopPrice);
    }

    public void AddCancelRequested(Order order)
    {
        Next(OutputKind.CancelRequested, order.Instrument, order.Share(0).Strategy).Body = order;
        _hash.Fold(-order.Id.Value);
    }

    public void Add(Order order, OrderStatus before, string? text)
    {
        ref Output output = ref Next(OutputKind.OrderChanged, order.Instrument, order.Share(0).Strategy);
        output.OrderChanged = new(order.Id, order.Status, before, order.FilledQuantity);
        output.Body = text;
        _hash.Fold(order.Id.Value << 8 | (long)order.Status);
    }

    public void Add(int instrument, in Fill fill)
    {
        Next(OutputKind.FillBooked, instrument, fill.Strategy).Fill = fill;
        _hash.Fold(fill.Order.Value << 1 | (long)fill.Side);
        _hash.Fold(fill.Quantity);
        _hash.Fold(fill.Price);
        _hash.Fold(fill.Fee);
    }

    public void Add(int instrument, in RoundTrip closed)
    {
        Next(OutputKind.RoundTripClosed, instrument, closed.Strategy).RoundTrip = closed;
        _hash.Fold(closed.GrossPnl);
    }

    public void AddSuspended(int instrument, int strategy, string why)
    {
        Next(OutputKind.StrategySuspended, instrument, strategy).Body = why;
        _hash.Fold(strategy);
    }

    public void AddResumed(int instrument, int strategy)
    {
        Next(OutputKind.StrategyResumed, instrument, strategy);
        _hash.Fold(~strategy);
    }

    public void Add(in TradingStateChanged change)
    {
        Next(OutputKind.TradingStateChanged, -1, -1).TradingStateChanged = change;
        _hash.Fold((int)change.State);
    }

    public void AddAlert(int instrument, string text)
    {
        Next(OutputKind.Alert, instrument, -1).Body = text;
        _hash.Fold(text);
    }

    public void Sync(Snapshot stream) => stream.Sync(ref _hash);

    private ref Output Next(OutputKind kind, int instrument, int strategy)
    {
        if (_count == _outputs.Length) Array.Resize(ref _outputs, _count * 2);
        ref Output output = ref _outputs[_count++];
        output.Kind = kind;
        output.Instrument = instrument;
        output.Strategy = strategy;
        output.Time = Time;
        output.Body = null;
        _hash.Fold((int)kind);
        return ref output;
    }
}
