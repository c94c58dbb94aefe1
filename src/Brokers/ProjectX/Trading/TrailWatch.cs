using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>
/// Cancels trailing stops of ours that the gateway keeps at another distance than was wished: it takes the distance from its last price when the order arrives, and the
/// market may have moved by then. The engine moves a stop of its own from then on.
/// </summary>
/// <remarks>A tenth of the distance, and one tick in any case, is let pass: so much the price moves while an order is on its way.</remarks>
/// <param name="tell">Is told what a person should know.</param>
internal sealed class TrailWatch(OrderClient client, long accountId, Background background, Action<Input> tell, InstrumentMap instruments, CancellationToken stop)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _wished = [];

    /// <summary>A trailing stop is about to leave.</summary>
    public void Watch(string tag, int ticks)
    {
        lock (_gate) _wished[tag] = ticks;
    }

    public void See(OrderRow row)
    {
        int wished;
        lock (_gate)
        {
            VenueOrderState state = VenueRows.StateOf(row.Status);
            bool isOver = state.IsFinal();
            if (row.CustomTag is not { } tag || !(isOver || state == VenueOrderState.Working) || !_wished.Remove(tag, out wished) || isOver) return;
        }
        if (row.Type == WireOrderType.TrailingStop && (row.TrailTicks is not { } kept || Math.Abs(kept - wished) <= Math.Max(1, wished / 10))) return;
        int instrument = instruments.IndexOf(row.ContractId);
        string found = row.Type == WireOrderType.TrailingStop ? $"{row.TrailTicks} ticks" : "as a stop that stays";
        tell(new(Math.Max(instrument, -1), default, new AccountEvent(AccountEventKind.Notice), $"The gateway keeps the trailing stop {row.Id} at {found} instead of {wished} ticks, because the price moved while it was on its way: it is canceled, and the engine moves a stop of its own."));
        background.Run(cancel => client.CancelAsync(new() { AccountId = accountId, OrderId = row.Id }, cancel), stop);
    }
}
