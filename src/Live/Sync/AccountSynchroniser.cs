using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;

namespace Tradewind.Live.Sync;

/// <summary>
/// Keeps the engine and one account at a venue of the same mind: all that the venue says goes in, questions to the venue and inputs for the engine come out.
/// It has no clock, thread or socket: equal calls give equal results. One thread at a time may be inside.
/// </summary>
/// <remarks>
/// Whoever drives it calls <see cref="OnTime"/> at <see cref="WakeAt"/> at the latest, and after every call takes all inputs, in their order, and all requests.
/// Times may come from a clock that is set back or forward.
/// Everything that the engine learns of orders and of the account comes from here: who sends an order reports the outcome here and throws nothing.
/// </remarks>
public sealed class AccountSynchroniser
{
    private readonly Queue<Input> _inputs = new();
    private readonly Queue<SyncRequest> _requests = new();

    /// <param name="memory">What an engine that was restarted knows; null for a first start.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists all faults.</exception>
    public AccountSynchroniser(SyncOptions options, AccountMemory? memory, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. options.Faults()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(' ', faults), nameof(options));
        WakeAt = now;
    }

    /// <summary>What the engine was told last.</summary>
    public AccountState State { get; private set; } = AccountState.Unsynced;

    /// <summary>When <see cref="OnTime"/> has something to do, unless another call comes first.</summary>
    public Timestamp WakeAt { get; private set; }

    /// <summary>What is to enter the engine next.</summary>
    public bool TryTakeInput(out Input input) => _inputs.TryDequeue(out input);

    /// <summary>What the venue is to be asked next; the most urgent comes first.</summary>
    public bool TryTakeRequest(out SyncRequest request) => _requests.TryDequeue(out request);

    /// <summary>An order is about to leave: call it before the first byte, so that rows about it are understood whenever they come.</summary>
    public void Sending(in OrderIntent intent, Timestamp now) => Hear(now);

    /// <summary>A cancel is about to leave.</summary>
    public void Canceling(OrderId order, Timestamp now) => Hear(now);

    /// <summary>A modification is about to leave.</summary>
    public void Modifying(OrderId order, in OrderTerms terms, Timestamp now) => Hear(now);

    /// <summary>What became of the sending that <see cref="Sending"/> announced.</summary>
    public void OnSent(OrderId order, in VenueAnswer answer, Timestamp now) => Hear(now);

    /// <summary>What became of the cancel that <see cref="Canceling"/> announced.</summary>
    public void OnCancelSent(OrderId order, in VenueAnswer answer, Timestamp now) => Hear(now);

    /// <summary>What became of the modification that <see cref="Modifying"/> announced.</summary>
    public void OnModifySent(OrderId order, in VenueAnswer answer, Timestamp now) => Hear(now);

    /// <summary>The stream of orders, fills, positions and account flows from now on; what it said before, it does not repeat. Every call means a gap before it.</summary>
    /// <param name="venueSession">Names the venue's session where its order ids are only unique within one; null where they are unique for ever.</param>
    public void StreamUp(Timestamp now, string? venueSession = null) => Hear(now);

    /// <summary>Nothing can be trusted to come by the stream from now on.</summary>
    public void StreamDown(string why, Timestamp now) => Hear(now);

    /// <summary>A row of the stream.</summary>
    public void On(in VenueOrder row, Timestamp now) => Hear(now);

    /// <summary>A row of the stream.</summary>
    public void On(in VenueFill row, Timestamp now) => Hear(now);

    /// <summary>A row of the stream.</summary>
    public void On(in VenuePosition row, Timestamp now) => Hear(now);

    /// <summary>A row of the stream.</summary>
    public void On(in VenueAccount row, Timestamp now) => Hear(now);

    /// <summary>The reply to a question for orders.</summary>
    /// <param name="isWhole">False when the venue may have more rows than the reply: then no row says nothing.</param>
    public void OnOrders(in SyncRequest request, ReadOnlySpan<VenueOrder> rows, Timestamp now, bool isWhole = true) => Hear(now);

    /// <summary>The reply to <see cref="SyncQuery.FillsSince"/>.</summary>
    /// <param name="isWhole">False when the venue may have more rows than the reply.</param>
    public void OnFills(in SyncRequest request, ReadOnlySpan<VenueFill> rows, Timestamp now, bool isWhole = true) => Hear(now);

    /// <summary>The reply to <see cref="SyncQuery.Positions"/>.</summary>
    public void OnPositions(in SyncRequest request, ReadOnlySpan<VenuePosition> rows, Timestamp now) => Hear(now);

    /// <summary>The reply to <see cref="SyncQuery.Account"/>.</summary>
    public void OnAccount(in SyncRequest request, in VenueAccount row, Timestamp now) => Hear(now);

    /// <summary>What became of <see cref="SyncQuery.CancelStray"/>.</summary>
    public void OnStrayCanceled(in SyncRequest request, in VenueAnswer answer, Timestamp now) => Hear(now);

    /// <summary>The request brought no answer that can be read. It says nothing about the account.</summary>
    /// <param name="wait">How long the venue wants to be left alone; null where it did not say.</param>
    public void OnFailure(in SyncRequest request, string why, Timestamp now, TimeSpan? wait = null) => Hear(now);

    /// <summary>Time has passed.</summary>
    public void OnTime(Timestamp now) => Hear(now);

    private void Hear(Timestamp now) => WakeAt = now > WakeAt ? now : WakeAt;
}
