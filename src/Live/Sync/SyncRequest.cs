using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>What the venue is to be asked.</summary>
public enum SyncQuery
{
    None = 0,

    /// <summary>All orders that work now.</summary>
    OpenOrders = 1,

    /// <summary>All orders, in whatever state, that were made or changed since <see cref="SyncRequest.Since"/>.</summary>
    OrdersSince = 2,

    /// <summary>Every order with <see cref="SyncRequest.ClientId"/> or <see cref="SyncRequest.VenueId"/>, in whatever state, suspended ones among them. No row means that there is none.</summary>
    OneOrder = 3,

    /// <summary>All executions since <see cref="SyncRequest.Since"/>, voided ones among them.</summary>
    FillsSince = 4,

    /// <summary>All positions.</summary>
    Positions = 5,

    /// <summary>Balance and permission to trade.</summary>
    Account = 6,

    /// <summary>Not a question: cancel the order <see cref="SyncRequest.VenueId"/>, which works at the venue under a client id of ours and which the engine holds for finished. Reply with what the venue answered.</summary>
    CancelStray = 7,
}

/// <summary>In which order requests leave when not all can leave at once; the lowest first.</summary>
public enum SyncPriority
{
    /// <summary>An order is in doubt, or works without anybody's knowledge.</summary>
    Urgent = 0,

    /// <summary>The account is not synced until this is answered.</summary>
    Resync = 1,

    /// <summary>A comparison that is due.</summary>
    Compare = 2,

    /// <summary>May wait for minutes.</summary>
    Background = 3,
}

/// <summary>A question to the venue that the synchroniser wants carried out once. Every request ends with one reply or one failure.</summary>
/// <param name="Id">Names the request when it is answered; never used twice.</param>
/// <param name="ClientId">Of <see cref="SyncQuery.OneOrder"/>, where known.</param>
/// <param name="VenueId">Of <see cref="SyncQuery.OneOrder"/> and <see cref="SyncQuery.CancelStray"/>, where known.</param>
/// <param name="Since">
/// The venue's time from which on rows are wanted; for <see cref="SyncQuery.OneOrder"/> the time before which the order cannot have been made.
/// It already allows for clocks that differ by up to <see cref="SyncOptions.Overlap"/>.
/// </param>
public readonly record struct SyncRequest(
    long Id, SyncQuery Query, SyncPriority Priority, string? ClientId = null, string? VenueId = null, Timestamp Since = default);
