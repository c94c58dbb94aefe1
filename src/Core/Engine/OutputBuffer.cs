using System.Runtime.CompilerServices;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;
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

    public ReadOnlySpan<Output> Outputs => _count == 0 ? default : new(_outputs, 0, _count);

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
        StateHash hash = Start(OutputKind.BarClosed);
        hash.Fold(closed.Bar.End.Nanoseconds);
        hash.Fold(closed.Bar.Close);
        hash.Fold(closed.Bar.Volume);
        _hash.Fold(hash.Value);
    }

    public void Add(Signal signal)
    {
        Next(OutputKind.SignalRaised, signal.Instrument, signal.Strategy).Body = signal;
        StateHash hash = Start(OutputKind.SignalRaised);
        signal.Fold(ref hash);
        _hash.Fold(hash.Value);
    }

    public void Add(int instrument, int strategy, in SignalRefused refused)
    {
        Next(OutputKind.SignalRefused, instrument, strategy).SignalRefused = refused;
        StateHash hash = Start(OutputKind.SignalRefused);
        hash.Fold((int)refused.Reason << 8 | (int)refused.Action);
        _hash.Fold(hash.Value);
    }

    public void AddIndicator(int instrument, int strategy, long signal, int index, double value, string name)
    {
        ref Output output = ref Next(OutputKind.IndicatorRead, instrument, strategy);
        output.Body = name;
        ref IndicatorRead read = ref output.IndicatorRead;
        read.Signal = signal;
        read.Output = index;
        read.Value = value;
        StateHash hash = Start(OutputKind.IndicatorRead);
        hash.Fold(value);
        _hash.Fold(hash.Value);
    }

    public void AddVote(int instrument, long decision, in Vote vote)
    {
        ref VoteCast cast = ref Next(OutputKind.VoteCast, instrument, vote.Strategy).VoteCast;
        cast.Decision = decision;
        cast.Vote = vote;
        StateHash hash = Start(OutputKind.VoteCast);
        hash.Fold(vote.Weight);
        _hash.Fold(hash.Value);
    }

    public void AddDecision(int instrument, long id, in Decision decision, in decimal target, in decimal held)
    {
        ref DecisionMade made = ref Next(OutputKind.DecisionMade, instrument, -1).DecisionMade;
        made.Id = id;
        made.Action = decision.Action;
        made.Confidence = decision.Confidence;
        made.Target = target;
        made.Held = held;
        StateHash hash = Start(OutputKind.DecisionMade);
        hash.Fold((int)decision.Action);
        hash.Fold(target);
        _hash.Fold(hash.Value);
    }

    public void AddRiskCheck(int instrument, long decision, int rule, in RiskDecision result, string name)
    {
        ref Output output = ref Next(OutputKind.RiskChecked, instrument, -1);
        output.Body = name;
        ref RiskChecked check = ref output.RiskChecked;
        check.Decision = decision;
        check.Rule = rule;
        check.Result = result;
        StateHash hash = Start(OutputKind.RiskChecked);
        hash.Fold((int)result.Outcome << 8 | (int)result.Code);
        hash.Fold(result.Measured);
        _hash.Fold(hash.Value);
    }

    public void Add(int instrument, in OrderDenied denied)
    {
        Next(OutputKind.OrderDenied, instrument, -1).OrderDenied = denied;
        StateHash hash = Start(OutputKind.OrderDenied);
        hash.Fold((int)denied.Code << 8 | (int)denied.Terms.Side);
        hash.Fold(denied.Terms.Quantity);
        _hash.Fold(hash.Value);
    }

    public void AddSubmitted(Order order)
    {
        Next(OutputKind.OrderSubmitted, order.Instrument, order.Share(0).Strategy).Body = order;
        StateHash hash = Start(OutputKind.OrderSubmitted);
        hash.Fold(order.Id.Value);
        hash.Fold((int)order.Side | (int)order.Type << 8 | (int)order.TimeInForce << 16 | (int)order.Purpose << 24);
        hash.Fold(order.Quantity);
        if (order.Type != OrderType.Market)
        {
            hash.Fold(order.LimitPrice);
            hash.Fold(order.StopPrice);
        }
        _hash.Fold(hash.Value);
    }

    public void AddCarried(Order order)
    {
        ref Output output = ref Next(OutputKind.OrderCarried, order.Instrument, order.Share(0).Strategy);
        output.Body = order;
        output.OrderChanged = new(order.Id, order.Status, order.Status, OrderEvent.None, order.FilledQuantity);
        StateHash hash = Start(OutputKind.OrderCarried);
        hash.Fold(order.Id.Value << 8 | (long)order.Status);
        hash.Fold(order.Quantity);
        hash.Fold(order.FilledQuantity);
        _hash.Fold(hash.Value);
    }

    public void AddCarried(int instrument, int strategy, Position position)
    {
        Next(OutputKind.PositionCarried, instrument, strategy).PositionCarried = new(position.Quantity, position.AveragePrice);
        StateHash hash = Start(OutputKind.PositionCarried);
        hash.Fold(position.Quantity);
        hash.Fold(position.Cost);
        _hash.Fold(hash.Value);
    }

    public void AddCancelRequested(Order order)
    {
        Next(OutputKind.CancelRequested, order.Instrument, order.Share(0).Strategy).Body = order;
        StateHash hash = Start(OutputKind.CancelRequested);
        hash.Fold(-order.Id.Value);
        _hash.Fold(hash.Value);
    }

    public void AddModifyRequested(Order order, in OrderTerms terms)
    {
        ref Output output = ref Next(OutputKind.ModifyRequested, order.Instrument, order.Share(0).Strategy);
        output.Body = order;
        output.Terms = terms;
        StateHash hash = Start(OutputKind.ModifyRequested);
        hash.Fold(order.Id.Value);
        hash.Fold(terms.Quantity);
        hash.Fold(terms.LimitPrice);
        hash.Fold(terms.StopPrice);
        _hash.Fold(hash.Value);
    }

    public void Add(Order order, OrderStatus before, OrderEvent happened, string? text)
    {
        ref Output output = ref Next(OutputKind.OrderChanged, order.Instrument, order.Share(0).Strategy);
        if (text is not null) output.Body = text;
        ref OrderChanged change = ref output.OrderChanged;
        change.Order = order.Id;
        change.Status = order.Status;
        change.Before = before;
        change.Event = happened;
        change.FilledQuantity = order.FilledQuantity;
        StateHash hash = Start(OutputKind.OrderChanged);
        hash.Fold(order.Id.Value << 8 | (long)order.Status);
        _hash.Fold(hash.Value);
    }

    /// <summary>Room for a fill; <see cref="Add(in Fill)"/> takes it into the hash once it is written.</summary>
    public ref Fill NextFill(int instrument, int strategy) => ref Next(OutputKind.FillBooked, instrument, strategy).Fill;

    public void Add(in Fill fill)
    {
        StateHash hash = Start(OutputKind.FillBooked);
        hash.Fold(fill.Order.Value << 1 | (long)fill.Side);
        hash.Fold(fill.Quantity);
        hash.Fold(fill.Price);
        hash.Fold(fill.Fee);
        _hash.Fold(hash.Value);
    }

    public void Add(int instrument, in RoundTrip closed)
    {
        Next(OutputKind.RoundTripClosed, instrument, closed.Strategy).RoundTrip = closed;
        StateHash hash = Start(OutputKind.RoundTripClosed);
        hash.Fold(closed.GrossPnl);
        _hash.Fold(hash.Value);
    }

    public void AddSuspended(int instrument, int strategy, string why)
    {
        Next(OutputKind.StrategySuspended, instrument, strategy).Body = why;
        StateHash hash = Start(OutputKind.StrategySuspended);
        hash.Fold(strategy);
        _hash.Fold(hash.Value);
    }

    public void AddResumed(int instrument, int strategy)
    {
        Next(OutputKind.StrategyResumed, instrument, strategy);
        StateHash hash = Start(OutputKind.StrategyResumed);
        hash.Fold(~strategy);
        _hash.Fold(hash.Value);
    }

    public void Add(in TradingStateChanged change)
    {
        Next(OutputKind.TradingStateChanged, -1, -1).TradingStateChanged = change;
        StateHash hash = Start(OutputKind.TradingStateChanged);
        hash.Fold((int)change.State);
        _hash.Fold(hash.Value);
    }

    public void Add(in AccountStateChanged change, string? why)
    {
        ref Output output = ref Next(OutputKind.AccountStateChanged, -1, -1);
        output.Body = why;
        output.AccountStateChanged = change;
        StateHash hash = Start(OutputKind.AccountStateChanged);
        hash.Fold((int)change.State);
        _hash.Fold(hash.Value);
    }

    public void Add(int instrument, int strategy, in ExecutionChanged change, string? words)
    {
        ref Output output = ref Next(OutputKind.ExecutionChanged, instrument, strategy);
        output.Body = words;
        output.ExecutionChanged = change;
        StateHash hash = Start(OutputKind.ExecutionChanged);
        hash.Fold(change.Parent << 8 | (long)change.State);
        hash.Fold(change.Quantity);
        hash.Fold(change.Filled);
        _hash.Fold(hash.Value);
    }

    public void Add(int instrument, int strategy, in ProtectionChanged change)
    {
        Next(OutputKind.ProtectionChanged, instrument, strategy).ProtectionChanged = change;
        StateHash hash = Start(OutputKind.ProtectionChanged);
        hash.Fold((int)change.Outcome);
        hash.Fold(change.Position);
        hash.Fold(change.Unprotected.Ticks);
        _hash.Fold(hash.Value);
    }

    public void AddAlert(int instrument, string text)
    {
        Next(OutputKind.Alert, instrument, -1).Body = text;
        StateHash hash = Start(OutputKind.Alert);
        hash.Fold(text);
        _hash.Fold(hash.Value);
    }

    public void Sync(Snapshot stream) => stream.Sync(ref _hash);

    // Each output is hashed by itself, from its kind on, and its hash goes into the run's: the processor works on several at once.
    private static StateHash Start(OutputKind kind) => new((ulong)kind);

    private ref Output Next(OutputKind kind, int instrument, int strategy)
    {
        if (_count == _outputs.Length) Array.Resize(ref _outputs, _count * 2);
        ref Output output = ref _outputs[_count++];
        output.Kind = kind;
        output.Instrument = instrument;
        output.Strategy = strategy;
        output.Time = Time;
        output.Body = null;
        return ref output;
    }
}
