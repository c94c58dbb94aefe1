using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>
/// Finds out whether the platform attaches stops and targets of its own to positions, which no call tells: an account in the mode
/// Position Brackets does so where its user has set amounts of money. Two stops for one position would open another one when both fill,
/// so there are never both: where the platform attaches its own, this session opens nothing more.
/// </summary>
/// <remarks>
/// The first protective order of a session waits a moment for the platform's; those after it do not. An order that somebody else places
/// by hand against the whole position looks the same, and has the same effect.
/// </remarks>
/// <param name="pace">Seconds of the venue's time in one of ours.</param>
internal sealed class AttachedOrders(InstrumentMap instruments, TimeProvider time, double pace)
{
    /// <summary>About 20 ms were seen from a fill to the platform's orders; the rest is the network's.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(300);

    private readonly TaskCompletionSource<string> _found = new(Turns.Later);
    private volatile bool _isKnown;

    public bool IsFound => _found.Task.IsCompleted;

    /// <summary>Signed units of an instrument that the account holds.</summary>
    public Func<int, decimal> Held { get; set; } = _ => 0;

    /// <summary>Tells the engine.</summary>
    public Action<Input> Tell { get; set; } = _ => { };

    public void See(OrderRow row)
    {
        if (IsFound || row.CustomTag is { Length: > 0 } || row.ParentOrderId is not null || row.Type is not (WireOrderType.Stop or WireOrderType.Limit)) return;
        int instrument = instruments.IndexOf(row.ContractId);
        if (instrument == InstrumentMap.Unknown || VenueRows.StateOf(row.Status) is not (VenueOrderState.Working or VenueOrderState.Suspended)) return;
        decimal held = Held(instrument);
        if (held == 0 || row.Size != Math.Abs(held) || (row.Side == WireSide.Buy) == (held > 0)) return;
        string sentence = $"The platform, or somebody by hand, placed a {row.Type} order of its own against the position in {instruments.Instruments[instrument].Symbol} (order {row.Id}): "
            + "with the orders of this session there would be two. This session opens nothing more; clear the amounts under Settings > Risk > Position Brackets, or switch to Auto OCO Brackets, and start it again.";
        if (_found.TrySetResult(sentence)) Tell(new(instrument, default, new AccountEvent(AccountEventKind.Notice), sentence));
    }

    /// <summary>Why an order must not be placed; null where it may.</summary>
    public async Task<string?> RefusalOfAsync(int instrument, OrderTerms terms, bool isReducing, CancellationToken cancel)
    {
        bool isLeg = terms.Purpose is OrderPurpose.StopLoss or OrderPurpose.TakeProfit;
        if (isLeg && !_isKnown && !IsFound)
        {
            await Task.WhenAny(_found.Task, Task.Delay(Wait / Math.Max(1, pace), time, cancel));
            _isKnown = true;
        }
        return IsFound && (isLeg || !isReducing) ? await _found.Task : null;
    }
}
