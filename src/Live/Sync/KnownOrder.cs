using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Live.Sync;

/// <summary>How far the sending of an order has come.</summary>
internal enum SendStep
{
    /// <summary>On its way; the outcome is not known yet.</summary>
    Leaving = 0,

    /// <summary>The venue said that it took it.</summary>
    Taken = 1,

    /// <summary>No answer that decides, or an order of an earlier run.</summary>
    Doubted = 2,

    /// <summary>A row of the venue showed it.</summary>
    Seen = 3,

    /// <summary>It has not arrived, by the venue's own words or because it never left.</summary>
    Failed = 4,
}

/// <summary>One order of ours: what the venue said of it and what the engine was told.</summary>
internal sealed class KnownOrder(in OrderIntent intent)
{
    public OrderId Id { get; } = intent.Order;

    public string ClientId { get; } = intent.ClientId;

    public int Instrument { get; } = intent.Instrument;

    public Side Side { get; } = intent.Side;

    public OrderType Type { get; } = intent.Type;

    public Timestamp Created { get; } = intent.Created;

    public decimal Quantity { get; set; } = intent.Quantity;

    public decimal LimitPrice { get; set; } = intent.LimitPrice;

    public decimal StopPrice { get; set; } = intent.StopPrice;

    /// <summary>The venue has said where the stop stands that it moves itself.</summary>
    public bool IsTrailSeen { get; set; }

    /// <summary>Null until the venue told it.</summary>
    public string? VenueId { get; set; }

    public SendStep Sent { get; set; }

    /// <summary>The latest state that a row gave it; unknown before the first.</summary>
    public VenueOrderState State { get; set; }

    /// <summary>A row said that the venue is done with it: no later row can undo that.</summary>
    public bool IsFinalSeen { get; set; }

    /// <summary>The engine knows that the venue has it.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>How it ended in the engine's eyes; none while it works there.</summary>
    public BrokerEventKind End { get; set; }

    /// <summary>It was proven absent and not sent since: the engine may have it sent again.</summary>
    public bool WasAbsent { get; set; }

    /// <summary>It was sent a second time: the first sending may still be on its way, whatever becomes of the second.</summary>
    public bool IsSentAgain { get; set; }

    /// <summary>How it ended at the venue, while the engine cannot be told yet: executions or words are missing.</summary>
    public BrokerEventKind HeldEnd { get; set; }

    public string? EndText { get; set; }

    /// <summary>A cancel during a modification may be one half of a replacement: only a look-up tells.</summary>
    public bool NeedsEndConfirmed { get; set; }

    /// <summary>Units that the venue's rows of the order call filled.</summary>
    public decimal Reported { get; set; }

    public decimal? ReportedPrice { get; set; }

    /// <summary>When, by the caller's clock, the venue's rows reached <see cref="Reported"/>.</summary>
    public Timestamp ReportedAt { get; set; }

    /// <summary>Units told to the engine as filled, without those taken back.</summary>
    public decimal Booked { get; set; }

    public decimal BookedValue { get; set; }

    /// <summary>Units filled and taken back.</summary>
    public decimal Voided { get; set; }

    /// <summary>Units booked without an execution of the venue, whose execution may still come.</summary>
    public decimal Synthetic { get; set; }

    public long SyntheticId { get; set; }

    /// <summary>An execution of this time or earlier is one of those that <see cref="Synthetic"/> stands for.</summary>
    public Timestamp SyntheticUntil { get; set; }

    /// <summary>Units that the venue's rows call filled and no execution explains.</summary>
    public decimal Shortfall => Reported - Booked - Voided;

    /// <summary>Since when there is a <see cref="Shortfall"/>; <see cref="Timestamp.MaxValue"/> while there is none.</summary>
    public Timestamp ShortSince { get; set; } = Timestamp.MaxValue;

    public bool IsShortListed { get; set; }

    /// <summary>When the missing executions are asked for next.</summary>
    public Timestamp AskFillsAt { get; set; }

    /// <summary>Answers with all executions since, without the missing ones.</summary>
    public Proof ShortSilence { get; set; }

    public OrderClaim Claim { get; } = new();

    /// <summary>Counts in <see cref="SyncMoment.Sequence"/>: the latest word of the stream or of a sending about it.</summary>
    public long Evidence { get; set; }

    /// <summary>Nothing was heard of it since the last gap in the stream.</summary>
    public bool IsUncertain { get; set; }

    /// <summary>The last list of open orders that had it, by the number of its request.</summary>
    public long ListedBy { get; set; }

    /// <summary>It had a state that nobody knows, and none since that somebody does.</summary>
    public bool IsStrange { get; set; }

    public Ask Cancel { get; } = new();

    public Ask Modify { get; } = new();

    public OrderDoubts Doubts { get; } = new();

    /// <summary>An earlier run sent it, and it worked when that ended.</summary>
    public bool IsRemembered { get; set; }

    /// <summary>It ended in an earlier run: of its executions before <see cref="FillLedger.Horizon"/> nobody remembers the numbers.</summary>
    public bool IsHistory { get; set; }

    /// <summary>A row or an execution of the venue showed it.</summary>
    public bool IsSeen => State != VenueOrderState.Unknown || IsStrange || Booked > 0m;

    /// <summary>A modification that is not answered may have made it larger.</summary>
    public decimal WorstQuantity => Modify.IsOpen ? Math.Max(Quantity, Modify.Terms.Quantity) : Quantity;

    public bool IsOver => End != BrokerEventKind.None;

    /// <summary>It was over, and is not any more: it leaves once more, or the venue works it.</summary>
    public void Reopen(SendStep sent)
    {
        Sent = sent;
        End = HeldEnd = BrokerEventKind.None;
        EndText = null;
        IsFinalSeen = false;
        Cancel.Set(AskStep.None, default);
        Modify.Set(AskStep.None, default);
        Doubts.ForgetAbsence();
        Doubts.Stray = default;
        Doubts.IsMissing = Doubts.IsSuspect = false;
    }

    /// <summary>The venue has it, as far as anybody knows, and it may fill.</summary>
    public bool IsLive => !IsOver && !IsFinalSeen && (Sent is SendStep.Taken or SendStep.Seen);
}

/// <summary>How far a cancel or a modification has come.</summary>
internal enum AskStep
{
    None = 0,
    Leaving = 1,
    Taken = 2,
    Refused = 3,
    Doubted = 4,
}

/// <summary>A cancel or a modification that the engine waits for.</summary>
internal sealed class Ask
{
    public AskStep Step { get; set; }

    /// <summary>When its outcome came.</summary>
    public Timestamp At { get; set; }

    public string? Text { get; set; }

    /// <summary>Of a modification.</summary>
    public OrderTerms Terms { get; set; }

    /// <summary>Look-ups that found the order as it was before.</summary>
    public Proof WithoutEffect { get; set; }

    public bool IsOpen => Step != AskStep.None;

    public void Set(AskStep step, Timestamp at, string? text = null)
    {
        Step = step;
        At = at;
        Text = text;
        WithoutEffect = default;
    }
}
