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
    private readonly Dictionary<string, Watched> _watched = [];

    /// <summary>A trailing stop is about to leave.</summary>
    public void Watch(string tag, int ticks)
    {
        lock (_gate) _watched[tag] = new(ticks);
    }

    public void See(OrderRow row)
    {
        if (row.CustomTag is not { } tag) return;
        VenueOrderState state = VenueRows.StateOf(row.Status);
        Watched? watched;
        bool isNews;
        lock (_gate)
        {
            if (!_watched.TryGetValue(tag, out watched)) return;
            bool fits = Fits(row, watched.Ticks);
            if (state.IsFinal() || (state == VenueOrderState.Working && fits)) _watched.Remove(tag);
            if (state != VenueOrderState.Working || fits || watched.IsBeingCanceled) return;
            (isNews, watched.IsTold, watched.IsBeingCanceled) = (!watched.IsTold, true, true);
        }
        if (isNews) Tell(row, watched.Ticks);
        background.Run(cancel => CancelAsync(row.Id, watched, cancel), stop);
    }

    private static bool Fits(OrderRow row, int wished) => row.Type == WireOrderType.TrailingStop && (row.TrailTicks is not { } kept || Math.Abs(kept - wished) <= Math.Max(1, wished / 10));

    private void Tell(OrderRow row, int wished)
    {
        string found = row.Type == WireOrderType.TrailingStop ? $"{row.TrailTicks} ticks" : "as a stop that stays";
        int instrument = Math.Max(instruments.IndexOf(row.ContractId), -1);
        tell(new(instrument, default, new AccountEvent(AccountEventKind.Notice), $"The gateway keeps the trailing stop {row.Id} at {found} instead of {wished} ticks, because the price moved while it was on its way: it is canceled, and the engine moves a stop of its own."));
    }

    /// <summary>What did not leave, was refused or is in doubt is asked again when the order is next seen to work.</summary>
    private async Task CancelAsync(long order, Watched watched, CancellationToken cancel)
    {
        VenueAnswer answer = await client.CancelAsync(new() { AccountId = accountId, OrderId = order }, cancel);
        if (answer.Kind is VenueAnswerKind.Taken or VenueAnswerKind.NotFound) return;
        lock (_gate) watched.IsBeingCanceled = false;
    }

    private sealed class Watched(int ticks)
    {
        public int Ticks { get; } = ticks;

        public bool IsTold { get; set; }

        public bool IsBeingCanceled { get; set; }
    }
}
