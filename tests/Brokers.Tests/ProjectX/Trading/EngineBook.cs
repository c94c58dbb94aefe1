using System.Collections.Concurrent;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>What an engine holds, copied on its own thread after each input, and all that it said.</summary>
internal sealed class EngineBook(Engine engine) : IOutputSink
{
    public sealed record Standing(AccountState State, decimal Cash, IReadOnlyList<decimal> Net, IReadOnlyList<OrderLine> Orders)
    {
        public bool IsQuiet => State == AccountState.Synced && Orders.All(order => order.Status.IsFinal());
    }

    /// <param name="Filled">Units of the executions that stand: those that the venue took back are not among them.</param>
    public sealed record OrderLine(long Id, OrderPurpose Purpose, OrderStatus Status, decimal Quantity, decimal Filled, string? VenueId, decimal StopPrice);

    private readonly List<Order> _orders = [];
    private Standing _now = new(AccountState.Unsynced, 0, [], []);

    public Standing Now => Volatile.Read(ref _now);

    /// <summary>Inputs of brokers and of people, and what the engine said that is no market data, in words.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>Signed units that no strategy traded, as booked.</summary>
    public decimal External { get; private set; }

    public void On(long sequence, in Input input, ReadOnlySpan<Output> outputs)
    {
        bool isNews = input.Kind is InputKind.Broker or InputKind.Account or InputKind.Command;
        if (input.Kind == InputKind.Broker) Said.Enqueue($"{input.Time} broker {input.Broker} {input.Text}");
        if (input.Kind == InputKind.Command) Said.Enqueue($"{input.Time} command {input.Command}");
        if (input.Kind == InputKind.Account) Said.Enqueue($"{input.Time} account {input.Account} {input.Text}");
        foreach (ref readonly Output output in outputs)
        {
            if (output.Kind == OutputKind.OrderSubmitted) _orders.Add(output.Order);
            if (output.Kind == OutputKind.OrderSubmitted) Said.Enqueue($"{input.Time} order {output.Order.Id} {output.Order.Purpose} {output.Order.Side} {output.Order.Quantity} {output.Order.Type} {output.Order.LimitPrice}{output.Order.StopPrice}");
            if (output.Kind == OutputKind.OrderChanged) Said.Enqueue($"{input.Time} {output.OrderChanged} {output.Text}");
            if (output.Kind is OutputKind.Alert or OutputKind.AccountStateChanged) Said.Enqueue($"{input.Time} {output.Kind} {output.Text}");
            if (output.Kind == OutputKind.FillBooked && output.Fill.IsExternal) External += output.Fill.Side == Side.Buy ? output.Fill.Quantity : -output.Fill.Quantity;
            isNews |= output.Kind is OutputKind.OrderSubmitted or OutputKind.OrderChanged or OutputKind.FillBooked or OutputKind.AccountStateChanged;
        }
        if (!isNews) return;
        Volatile.Write(ref _now, new(engine.AccountState, engine.Account.Cash, [.. Enumerable.Range(0, engine.Options.Instruments.Count).Select(i => engine.Account.PositionOf(i).Quantity)],
            [.. _orders.Select(order => new OrderLine(order.Id.Value, order.Purpose, order.Status, order.Quantity, order.FilledQuantity - order.BustedQuantity, order.BrokerOrderId, order.StopPrice))]));
    }
}
