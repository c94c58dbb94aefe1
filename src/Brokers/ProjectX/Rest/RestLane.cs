namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>Who goes first when the gateway's request limit is near. A lower number goes first.</summary>
internal enum RestLane
{
    /// <summary>Protective orders, closing orders, cancels, and the token that they need. Alone may use the reserve.</summary>
    Protection = 0,

    /// <summary>What the account holds: look-ups and snapshots. Without them nothing may add risk, so they go before orders that do.</summary>
    Account = 1,

    /// <summary>Orders that add risk, and their changes.</summary>
    Entry = 2,

    /// <summary>Contracts and history.</summary>
    Read = 3,
}
