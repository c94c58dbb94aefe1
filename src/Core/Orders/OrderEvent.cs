namespace Tradewind.Core.Orders;

/// <summary>What can happen to an order; the numbers are stored and never change.</summary>
public enum OrderEvent : byte
{
    None = 0,

    /// <summary>The risk gate let it pass.</summary>
    Approved = 1,

    /// <summary>The risk gate refused it.</summary>
    Denied = 2,

    /// <summary>Handed out to be sent.</summary>
    Sent = 3,

    /// <summary>Handed out once more under its own number, because the venue is proven never to have had it.</summary>
    SentAgain = 4,

    /// <summary>The venue has it and works it.</summary>
    Accepted = 5,

    /// <summary>An execution that leaves something open.</summary>
    FilledPartly = 6,

    /// <summary>An execution after which nothing is open.</summary>
    FilledWhole = 7,

    CancelRequested = 8,
    Canceled = 9,

    /// <summary>The venue refused a cancel.</summary>
    CancelRejected = 10,

    /// <summary>Nobody knows whether a cancel arrived.</summary>
    CancelInDoubt = 11,

    ModifyRequested = 12,
    Modified = 13,

    /// <summary>The venue refused a modification.</summary>
    ModifyRejected = 14,

    /// <summary>Nobody knows whether a modification arrived.</summary>
    ModifyInDoubt = 15,

    /// <summary>Nobody knows whether the order arrived.</summary>
    SubmitInDoubt = 16,

    /// <summary>The venue is proven never to have had it.</summary>
    Absent = 17,

    /// <summary>Refused by the venue.</summary>
    Rejected = 18,
    Expired = 19,

    /// <summary>The venue shows it working although it was held to be over.</summary>
    Found = 20,

    /// <summary>The venue took an execution back.</summary>
    Busted = 21,

    /// <summary>Nothing of it left: it waited to be sent when nothing was to add risk any more.</summary>
    Withheld = 22,

    /// <summary>It certainly never reached the venue, which was not asked.</summary>
    NotSent = 23,
}
