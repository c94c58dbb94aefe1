using Tradewind.Core.Engine;

namespace Tradewind.Core.Orders;

/// <summary>
/// What ended and what was booked, so that what comes late is understood and what comes again is booked once: the last 1,024 orders that ended, the last
/// 16,384 executions of those that ended before, and the last 1,024 executions that were not ours. What is older is not remembered: an execution of it that is
/// told again would be booked as not ours, with an alarm. The synchroniser of an account remembers longer and does not tell it.
/// </summary>
internal sealed class OrderMemory
{
    private const int MostOrders = 1024;
    private const int MostExecutions = 16_384;

    private readonly Order?[] _orders = new Order?[MostOrders];

    /// <summary>The execution of an order that has only one, so that an order which nobody needed for long is not read once more when it is forgotten; 0 where it has to be.</summary>
    private readonly long[] _onlyExecutions = new long[MostOrders];
    private readonly NumberRing _executions = new(MostExecutions);
    private readonly NumberRing _external = new(MostOrders);
    private int _next;

    /// <summary>Some execution was booked as not ours.</summary>
    public bool HasExternal => _external.Count > 0;

    public void Add(Order order)
    {
        long only = _onlyExecutions[_next];
        if (only != 0) _executions.Add(only);
        else if (_orders[_next] is { } oldest) Forget(oldest);
        _orders[_next] = order;
        _onlyExecutions[_next] = order.ExecutionCount == 1 ? order.Execution(0).Id : 0;
        _next = (_next + 1) % MostOrders;
    }

    /// <summary>An order that ended has one execution more.</summary>
    public void OnLateFill(Order order)
    {
        int place = Array.IndexOf(_orders, order);
        if (place >= 0) _onlyExecutions[place] = 0;
    }

    /// <summary>It lives again: it comes back here with its end.</summary>
    public void Remove(Order order)
    {
        List<Order> orders = OldestFirst();
        if (orders.Remove(order)) Refill(orders);
    }

    /// <summary>An order that ended; the latest are found first. Null when it is not remembered.</summary>
    public Order? Find(OrderId id)
    {
        for (int i = 1; i <= MostOrders; i++)
        {
            if (_orders[(_next - i + MostOrders) % MostOrders] is not { } order) return null;
            if (order.Id == id) return order;
        }
        return null;
    }

    /// <summary>Whether an execution was booked for an order that ended.</summary>
    public bool HasBooked(long execution) =>
        execution != 0 && (_executions.Contains(execution) || Array.Exists(_orders, order => order?.HasExecution(execution) == true));

    /// <summary>Whether it was booked as not ours, on this side: one of the same number on the other side takes it back.</summary>
    public bool HasExternalOf(long execution, bool isBuy) => execution != 0 && _external.Contains(KeyOf(execution, isBuy));

    public void AddExternal(long execution, bool isBuy)
    {
        if (execution != 0) _external.Add(KeyOf(execution, isBuy));
    }

    /// <summary>An earlier session booked it.</summary>
    public void AddBooked(long execution)
    {
        if (execution != 0) _executions.Add(execution);
    }

    /// <summary>True when the execution was booked as not ours, and not taken back; it is that no more.</summary>
    public bool TakeExternal(long execution) =>
        execution != 0 && HasExternalOf(execution, true) != HasExternalOf(execution, false) && (_external.Remove(KeyOf(execution, true)) || _external.Remove(KeyOf(execution, false)));

    // Numbers have 63 bits at most.
    private static long KeyOf(long execution, bool isBuy) => execution * 2 + (isBuy ? 1 : 0);

    public void Sync(Snapshot stream)
    {
        List<Order> orders = OldestFirst();
        stream.SyncObjects(orders, static () => new Order());
        _executions.Sync(stream);
        _external.Sync(stream);
        if (stream.IsReading) Refill(orders);
    }

    /// <summary>The orders that ended, the latest last.</summary>
    public List<Order> OldestFirst() => [.. _orders.Skip(_next).Concat(_orders.Take(_next)).OfType<Order>()];

    private void Refill(List<Order> orders)
    {
        Array.Clear(_orders);
        Array.Clear(_onlyExecutions);
        _next = 0;
        foreach (Order order in orders) Add(order);
    }

    private void Forget(Order order)
    {
        for (int i = 0; i < order.ExecutionCount; i++) _executions.Add(order.Execution(i).Id);
    }
}

/// <summary>The last so many numbers; it grows to that as they come.</summary>
internal sealed class NumberRing(int capacity)
{
    private long[] _numbers = [];
    private int _next;
    private int _count;

    public int Count => _count;

    public void Add(long number)
    {
        if (_count == _numbers.Length && _count < capacity) Array.Resize(ref _numbers, Math.Min(capacity, Math.Max(64, _count * 2)));
        _numbers[_next] = number;
        _next = _next + 1 == capacity ? 0 : _next + 1;
        if (_count < capacity) _count++;
    }

    public bool Contains(long number) => _count > 0 && _numbers.AsSpan(0, _count).Contains(number);

    /// <summary>True when it was there; it leaves a gap that 0 fills.</summary>
    public bool Remove(long number)
    {
        int place = _numbers.AsSpan(0, _count).IndexOf(number);
        if (place < 0) return false;
        _numbers[place] = 0;
        return true;
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _numbers);
        stream.Sync(ref _next);
        stream.Sync(ref _count);
    }
}
