using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Host;
using Tradewind.Chaos.Net;
using Tradewind.Chaos.Venue;
using Tradewind.Chaos.World;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;

namespace Tradewind.Chaos.Checks;

/// <summary>Holds a program against the invariants after each of its steps, and once everything has settled. The venue is the truth.</summary>
public sealed class Rulebook : IProgramWatch
{
    /// <summary>Older data than this may decide nothing that adds risk.</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(15);

    private readonly Agenda _agenda;
    private readonly FaultMix _mix;
    private readonly OracleVenue _venue;
    private readonly string _session;
    private readonly Measures _measures;
    private readonly ProtectionWatch _protection;
    private readonly CoverWatch _cover;
    private readonly FreshnessWatch _freshness;
    private readonly ParentWatch _parents;
    private readonly Dictionary<long, Timestamp> _doubtSince = [];
    private readonly Dictionary<long, decimal> _filled = [];

    /// <summary>Orders that were to add risk to the account; true of those that open a position of a strategy.</summary>
    private readonly Dictionary<long, bool> _adding = [];

    /// <summary>What each strategy holds at the output that is looked at: later ones of the same input may change it.</summary>
    private readonly Dictionary<int, decimal> _held = [];

    /// <summary>What the program held for certain that it never left: another order may have followed it.</summary>
    private readonly HashSet<string> _unsent = [];
    private readonly OutageWatch _outages;
    private (TradingState State, int Sequence)? _ordered;
    private bool _isNew;

    public Rulebook(Agenda agenda, FaultMix mix, OracleVenue venue, PushLine stream, string session, Measures measures)
    {
        (_agenda, _mix, _venue, _session, _measures) = (agenda, mix, venue, session, measures);
        _protection = new(agenda, mix, Break, measures);
        _cover = new(agenda, mix, venue, stream, Break);
        _freshness = new(agenda, mix, Break);
        _parents = new(Break);
        _outages = new(agenda, mix, measures);
    }

    public List<Violation> Violations { get; } = [];

    public void OnOutputs(TradingProgram program, in Input input, ReadOnlySpan<Output> outputs)
    {
        if (_isNew) Begin(program);
        _freshness.Hear(in input);
        if (input.Kind == InputKind.Account && input.Account.Kind == AccountEventKind.PositionAdjusted) _outages.OnAdjusted();
        foreach (ref readonly Output output in outputs) On(program, in output);
        // Positions also change where strategies trade with each other, at a price of the market.
        if (input.Kind is not (InputKind.Timer or InputKind.Broker) && outputs.IsEmpty) return;
        _protection.Look(program);
        _cover.Look(program);
    }

    public void OnSend(TradingProgram program, Order order, OutputKind what, long sequence)
    {
        if (sequence > program.DurableInputs) Break("I4", $"order {order.Id} leaves before its cause is on the disk");
        if (what == OutputKind.CancelRequested || !_adding.TryGetValue(order.Id.Value, out bool opens)) return;
        if (program.Engine.AccountState != AccountState.Synced) Break("I3", $"order {order.Id} adds risk and leaves while the account is {program.Engine.AccountState}");
        if (opens && program.Engine.State != TradingState.Active) Break("I8", $"order {order.Id} adds risk and leaves while trading is {program.Engine.State}");
    }

    public void OnCrash(TradingProgram program)
    {
        _doubtSince.Clear();
        _filled.Clear();
        _adding.Clear();
        _protection.Forget();
        _cover.Forget();
        if (_ordered is { } ordered && ordered.Sequence > program.DurableInputs) _ordered = null;
        _isNew = true;
    }

    /// <summary>The program threw: that must never be.</summary>
    public void OnFailure(Exception failure) => Break("F6", $"the program threw {failure.GetType().Name}: {failure.Message}");

    /// <summary>Everything has been quiet for long: program and venue must agree on all of it.</summary>
    /// <param name="twin">An engine like the program's, new: what the journal holds must lead it to the same end.</param>
    /// <param name="strategies">The twin's.</param>
    public void AtEnd(TradingProgram program, Engine twin, IReadOnlyList<Restless> strategies)
    {
        new EndChecks(_venue, _session, _mix.Has(FaultKind.HistoryShort), Break).Check(program);
        _parents.AtEnd(program);
        foreach (string order in _unsent)
        {
            if (_venue.ByClientId(order) is not null) Break("I1", $"order {order} was held never to have left, and the venue got it");
        }
        Replay.Check(program, twin, strategies, Break);
    }

    private void On(TradingProgram program, in Output output)
    {
        switch (output.Kind)
        {
            case OutputKind.OrderSubmitted: OnSubmitted(program, output.Order); break;
            case OutputKind.ModifyRequested: CheckReduces(program, output.Order, output.Terms.Quantity - output.Order.FilledQuantity); break;
            case OutputKind.OrderChanged: OnChanged(output.OrderChanged); break;
            case OutputKind.ExecutionChanged: _parents.OnChanged(in output.ExecutionChanged); break;
            case OutputKind.FillBooked: OnFill(program, in output); break;
            case OutputKind.OrderDenied when output.OrderDenied.Code == RiskCode.WrongSide: _mix.Strikes.Hit(Fault.F34, _agenda.Now); break;
            case OutputKind.StrategySuspended: OnSuspended(output.Text); break;
            case OutputKind.TradingStateChanged: _ordered = (output.TradingStateChanged.State, program.Journal.Count); break;
            case OutputKind.AccountStateChanged: _outages.On(output.AccountStateChanged.State); break;
            default: break;
        }
    }

    private void OnSubmitted(TradingProgram program, Order order)
    {
        _measures.Orders++;
        // After a crash that forgot it, its number is given again.
        _unsent.Remove(Recollection.ClientIdOf(_session, order.Id));
        _parents.OnSubmitted(program, order);
        Instrument instrument = program.Engine.Options.Instruments[order.Instrument];
        if (order.Quantity <= 0 || order.Quantity % instrument.LotSize != 0 || !instrument.IsOnTick(order.LimitPrice) || !instrument.IsOnTick(order.StopPrice)) Break("I10", $"order {order.Id} has a quantity or a price off its grid");
        if (order.ShareCount == 0 || order.Decision <= 0) Break("I5", $"order {order.Id} does not say where it comes from");
        if (order.Purpose != OrderPurpose.Target) CheckReduces(program, order, order.RemainingQuantity);
        bool opens = Opens(order), adds = opens || AddsToAccount(program, order);
        // One that is sent again is judged anew.
        if (adds) _adding[order.Id.Value] = opens;
        else _adding.Remove(order.Id.Value);
        if (adds && program.Engine.AccountState != AccountState.Synced) Break("I3", $"order {order.Id} adds risk while the account is {program.Engine.AccountState}");
        if (!opens) return;
        if (program.Engine.State != TradingState.Active) Break("I8", $"order {order.Id} adds risk while trading is {program.Engine.State}");
        _freshness.Check(order);
    }

    /// <summary>A position of a strategy begins, grows or changes its side.</summary>
    private bool Opens(Order order)
    {
        if (order.Purpose != OrderPurpose.Target) return false;
        for (int i = 0; i < order.ShareCount; i++)
        {
            decimal held = _held.GetValueOrDefault(order.Share(i).Strategy), signed = order.Share(i).Quantity;
            if (held * signed >= 0 || Math.Abs(signed) > Math.Abs(held)) return true;
        }
        return false;
    }

    /// <summary>The same of the account: while it is not known what that holds, an order must reduce it too.</summary>
    private static bool AddsToAccount(TradingProgram program, Order order)
    {
        if (order.Purpose != OrderPurpose.Target) return false;
        decimal held = program.Engine.Account.PositionOf(order.Instrument).Quantity, signed = order.Side == Side.Buy ? order.Quantity : -order.Quantity;
        return held * signed >= 0 || Math.Abs(signed) > Math.Abs(held);
    }

    /// <summary>An order that protects or closes never asks for more than its strategy holds, nor for the other side.</summary>
    private void CheckReduces(TradingProgram program, Order order, decimal quantity)
    {
        if (order.Purpose == OrderPurpose.Target) return;
        int strategy = order.Share(0).Strategy;
        decimal held = strategy == Fill.ExternalStrategy ? program.Memory.ExternalOf(order.Instrument) : _held.GetValueOrDefault(strategy);
        bool isRightSide = order.Side == Side.Sell ? held > 0 : held < 0;
        if (!isRightSide || quantity > Math.Abs(held)) Break("I7", $"{order.Purpose} order {order.Id} is to {order.Side} {quantity}, its strategy holds {held}");
    }

    private void OnChanged(in OrderChanged changed)
    {
        if (changed.Event is OrderEvent.NotSent or OrderEvent.Withheld) _unsent.Add(Recollection.ClientIdOf(_session, changed.Order));
        if (changed.FilledQuantity < _filled.GetValueOrDefault(changed.Order.Value)) Break("I2", $"order {changed.Order} went from {_filled[changed.Order.Value]} to {changed.FilledQuantity} filled");
        _filled[changed.Order.Value] = changed.FilledQuantity;
        if (changed.Status == OrderStatus.InDoubt) _doubtSince.TryAdd(changed.Order.Value, _agenda.Now);
        else if (_doubtSince.Remove(changed.Order.Value, out Timestamp since)) EndDoubt(changed.Order, _agenda.Now - since);
    }

    private void EndDoubt(OrderId order, TimeSpan length)
    {
        if (length > _measures.InDoubt) _measures.InDoubt = length;
        _mix.Strikes.OnDoubtEnded(Recollection.ClientIdOf(_session, order), length);
    }

    private void OnFill(TradingProgram program, in Output output)
    {
        Fill fill = output.Fill;
        var account = program.Engine.Account;
        if (account.Cash != account.StartingCash + account.RealizedPnl - account.Fees) Break("I16", $"cash {account.Cash} is not {account.StartingCash} + {account.RealizedPnl} - {account.Fees}");
        if (!fill.IsExternal) OnHeld(program, fill.Strategy, output.Fill.PositionAfter);
        if (fill.IsInternal) _mix.Strikes.Hit(Fault.F59, _agenda.Now);
        if (fill.IsReversal) _mix.Strikes.MeasureSince(Fault.F22, _agenda.Now);
        if (fill.Execution <= 0) return;
        int index = _venue.IndexOf(fill.Execution);
        if (index < 0) Break("I2", $"execution {fill.Execution} is booked and was never made");
        else CheckBooked(program, index);
        if (!fill.IsExternal) _protection.OnFill(program, in output);
    }

    private void OnHeld(TradingProgram program, int strategy, decimal held)
    {
        _protection.OnBooked(program, strategy, _held.GetValueOrDefault(strategy), held);
        _held[strategy] = held;
    }

    private void CheckBooked(TradingProgram program, int index)
    {
        var real = _venue.Fills[index];
        decimal booked = program.Memory.BookedOf(real.ExecutionId);
        if (booked * real.SignedQuantity < 0 || Math.Abs(booked) > real.Quantity) Break("I2", $"of execution {real.ExecutionId} {booked} is booked, it was {real.SignedQuantity}");
        TimeSpan late = _agenda.Now - real.Time;
        if (late > _measures.FillUnknown) _measures.FillUnknown = late;
        _mix.Strikes.OnBooked(real.ExecutionId, late);
    }

    private void OnSuspended(string? why) =>
        _mix.Strikes.Hit(why?.Contains("wishes", StringComparison.Ordinal) == true ? Fault.F53 : Fault.F50, _agenda.Now);

    /// <summary>The program has started again, and this is the first that it does.</summary>
    private void Begin(TradingProgram program)
    {
        _isNew = false;
        _parents.Begin(program);
        for (int i = 0; i < program.Engine.StrategyCount; i++) _held[i] = program.HeldBefore(i);
        CheckOrdered(program);
    }

    /// <summary>What a person ordered, and was on the disk, holds after a restart.</summary>
    private void CheckOrdered(TradingProgram program)
    {
        if (_ordered is { } ordered && program.Engine.State != ordered.State) Break("I8", $"trading was {ordered.State} and is {program.Engine.State} after a restart");
    }

    private void Break(string invariant, string text)
    {
        if (Violations.Count < 20) Violations.Add(new(invariant, _agenda.Now, text));
    }
}
