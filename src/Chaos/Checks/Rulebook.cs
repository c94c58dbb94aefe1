using Tradewind.Chaos.Host;
using Tradewind.Chaos.Venue;
using Tradewind.Chaos.World;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;

namespace Tradewind.Chaos.Checks;

/// <summary>Holds a program against the invariants while it runs and once everything has settled. The venue is the truth.</summary>
public sealed class Rulebook(Agenda agenda, OracleVenue venue, string session, Measures measures) : IProgramWatch
{
    private readonly Dictionary<long, Timestamp> _doubtSince = [];
    private readonly Dictionary<long, decimal> _filled = [];
    private Timestamp? _unsyncedSince;
    private bool _wasSynced;

    public List<Violation> Violations { get; } = [];

    public void OnOutputs(TradingProgram program, in Input input, ReadOnlySpan<Output> outputs)
    {
        foreach (ref readonly Output output in outputs)
        {
            switch (output.Kind)
            {
                case OutputKind.OrderSubmitted: OnSubmitted(program, output.Order); break;
                case OutputKind.OrderChanged: OnChanged(output.OrderChanged); break;
                case OutputKind.AccountStateChanged: OnAccount(output.AccountStateChanged.State); break;
                default: break;
            }
        }
    }

    public void OnSend(TradingProgram program, Order order, OutputKind what, long sequence)
    {
        if (sequence > program.DurableInputs) Break("I4", $"order {order.Id} leaves before its cause is on the disk");
    }

    public void OnCrash()
    {
        _doubtSince.Clear();
        _filled.Clear();
    }

    /// <summary>The program threw: that must never be.</summary>
    public void OnFailure(Exception failure) => Break("F6", $"the program threw {failure.GetType().Name}: {failure.Message}");

    private void OnSubmitted(TradingProgram program, Order order)
    {
        measures.Orders++;
        Instrument instrument = program.Engine.Options.Instruments[order.Instrument];
        if (order.Quantity <= 0 || order.Quantity % instrument.LotSize != 0 || !instrument.IsOnTick(order.LimitPrice) || !instrument.IsOnTick(order.StopPrice)) Break("I10", $"order {order.Id} has a quantity or a price off its grid");
        if (order.ShareCount == 0 || order.Decision <= 0) Break("I5", $"order {order.Id} does not say where it comes from");
        if (!AddsRisk(program, order)) return;
        if (program.Engine.AccountState != AccountState.Synced) Break("I3", $"order {order.Id} adds risk while the account is {program.Engine.AccountState}");
        if (program.Engine.State != TradingState.Active) Break("I8", $"order {order.Id} adds risk while trading is {program.Engine.State}");
    }

    private static bool AddsRisk(TradingProgram program, Order order)
    {
        if (order.Purpose != OrderPurpose.Target) return false;
        decimal held = program.Engine.Account.PositionOf(order.Instrument).Quantity, signed = order.Side == Side.Buy ? order.Quantity : -order.Quantity;
        return held * signed >= 0 || Math.Abs(signed) > Math.Abs(held);
    }

    private void OnChanged(in OrderChanged changed)
    {
        if (changed.FilledQuantity < _filled.GetValueOrDefault(changed.Order.Value)) Break("I2", $"order {changed.Order} went from {_filled[changed.Order.Value]} to {changed.FilledQuantity} filled");
        _filled[changed.Order.Value] = changed.FilledQuantity;
        if (changed.Status == OrderStatus.InDoubt) _doubtSince.TryAdd(changed.Order.Value, agenda.Now);
        else if (_doubtSince.Remove(changed.Order.Value, out Timestamp since) && agenda.Now - since > measures.InDoubt) measures.InDoubt = agenda.Now - since;
    }

    private void OnAccount(AccountState state)
    {
        if (state == AccountState.Synced)
        {
            if (_unsyncedSince is { } since && agenda.Now - since > measures.Unsynced) measures.Unsynced = agenda.Now - since;
            _unsyncedSince = null;
            _wasSynced = true;
        }
        else if (_wasSynced)
        {
            _unsyncedSince ??= agenda.Now;
        }
    }

    /// <summary>Everything has been quiet for long: program and venue must agree on all of it.</summary>
    public void AtEnd(TradingProgram program)
    {
        Engine engine = program.Engine;
        if (engine.AccountState != AccountState.Synced) Break("I17", $"the account is still {engine.AccountState}");
        CheckFills(program);
        CheckOrders(program);
        for (int i = 0; i < engine.Options.Instruments.Count; i++) CheckPosition(program, i);
        CheckProtection(program);
        CheckMoney(program);
    }

    private void CheckFills(TradingProgram program)
    {
        Dictionary<(string Venue, int Instrument), decimal> booked = [];
        foreach (var execution in program.Memory.Executions.Where(execution => !execution.IsReversed))
        {
            string owner = execution.Order.IsNone ? "" : Recollection.ClientIdOf(session, execution.Order);
            booked[(owner, execution.Instrument)] = booked.GetValueOrDefault((owner, execution.Instrument)) + execution.Quantity;
        }
        foreach (TrueOrder order in venue.Orders.Where(order => order.ClientId is not null))
        {
            decimal real = venue.Fills.Where(fill => fill.VenueOrderId == order.VenueId && !fill.IsVoided).Sum(fill => fill.SignedQuantity);
            decimal ours = booked.GetValueOrDefault((order.ClientId!, order.Instrument));
            if (real != ours) Break("I2", $"order {order.ClientId} was filled for {real} at the venue and {ours} is booked");
        }
        foreach (var client in venue.Orders.Where(order => order.ClientId is not null).GroupBy(order => order.ClientId).Where(group => group.Count() > 1)) Break("I1", $"{client.Count()} orders at the venue for the intent {client.Key}");
    }

    private void CheckOrders(TradingProgram program)
    {
        Dictionary<string, Order> working = [];
        for (int i = 0; i < program.Engine.Options.Instruments.Count; i++)
        {
            foreach (Order order in program.Engine.Market(i).Working)
            {
                working.Add(Recollection.ClientIdOf(session, order.Id), order);
                if (order.Status is not (OrderStatus.Working or OrderStatus.PartiallyFilled)) Break("I17", $"order {order.Id} is still {order.Status}");
            }
        }
        foreach (TrueOrder order in venue.Orders.Where(order => order.IsLive && order.ClientId is not null))
        {
            if (!working.Remove(order.ClientId!)) Break("I2", $"order {order.ClientId} works at the venue and is unknown or over in the engine (orphan)");
        }
        foreach (string missing in working.Keys) Break("I2", $"order {missing} works in the engine and not at the venue (lost)");
    }

    private void CheckPosition(TradingProgram program, int instrument)
    {
        decimal held = program.Engine.Account.PositionOf(instrument).Quantity, real = venue.NetOf(instrument);
        if (held != real) Break("I2", $"the engine holds {held} of instrument {instrument}, the venue {real}, the synchroniser counts {program.Sync.NetOf(instrument)}");
        decimal strategies = 0m;
        for (int i = 0; i < program.Engine.StrategyCount; i++)
        {
            if (program.Engine.Strategy(i).Instrument == instrument) strategies += program.Engine.Strategy(i).Position.Quantity;
        }
        decimal external = program.Memory.ExternalOf(instrument);
        if (strategies + external != held) Break("I16", $"strategies hold {strategies}, others {external}, the account {held} of instrument {instrument}");
    }

    /// <summary>What a strategy holds under protection has a stop of that size at the venue.</summary>
    private void CheckProtection(TradingProgram program)
    {
        for (int i = 0; i < program.Engine.StrategyCount; i++)
        {
            var strategy = program.Engine.Strategy(i);
            decimal position = strategy.Position.Quantity;
            foreach (OrderPurpose purpose in new[] { OrderPurpose.StopLoss, OrderPurpose.TakeProfit })
            {
                decimal legs = 0m;
                foreach (Order order in program.Engine.Market(strategy.Instrument).Working)
                {
                    if (order.Purpose == purpose && order.Share(0).Strategy == i) legs += order.Side == Side.Buy ? -order.RemainingQuantity : order.RemainingQuantity;
                }
                if (legs != 0 && (Math.Abs(legs) > Math.Abs(position) || legs * position < 0)) Break("I7", $"{purpose} orders of strategy {i} are for {legs}, it holds {position}");
                bool isProtected = legs == position;
                if (purpose == OrderPurpose.StopLoss && strategy.StopLoss != 0 && position != 0 && !isProtected) Break("I6", $"strategy {i} holds {position} and stops are for {legs}");
            }
        }
    }

    private void CheckMoney(TradingProgram program)
    {
        var account = program.Engine.Account;
        if (account.Cash != account.StartingCash + account.RealizedPnl - account.Fees) Break("I16", $"cash {account.Cash} is not {account.StartingCash} + {account.RealizedPnl} - {account.Fees}");
    }

    private void Break(string invariant, string text)
    {
        if (Violations.Count < 20) Violations.Add(new(invariant, agenda.Now, text));
    }
}
