using System.Globalization;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>The tags under which orders are sent: a pure function of session and order, so that a repetition is recognised. Orders that an earlier session sent keep theirs.</summary>
internal sealed class ClientIds
{
    private readonly string _prefix;
    private readonly Dictionary<OrderId, string> _carried = [];

    public ClientIds(string session, AccountMemory? memory)
    {
        _prefix = $"tw-{session}-";
        foreach (RememberedOrder order in memory?.Orders ?? []) _carried[order.Intent.Order] = order.Intent.ClientId;
    }

    public string Of(OrderId order) => _carried.TryGetValue(order, out string? carried) ? carried : _prefix + order.Value.ToString(CultureInfo.InvariantCulture);
}
