using Tradewind.Core.Model;

namespace Tradewind.Gateway.Control;

/// <summary>What the gateway has done so far, so that a client can prove that it lost nothing.</summary>
public sealed record GatewayCounters(MarketProgress Market, IReadOnlyList<ContractCounters> Contracts, UserCounters User, ConnectionCounters Connections, RequestCounters Requests);

/// <param name="State">waiting (not started), streaming, paused, ended (the recording is over), or failed (the source broke; the log says why).</param>
/// <param name="Time">Market time up to which everything has been published.</param>
/// <param name="Speed">Market seconds per real second; null is as fast as possible.</param>
/// <param name="Lag">How far publishing is behind the market's clock.</param>
/// <param name="Events">Inputs read from the source.</param>
/// <param name="Skipped">Market time left out because nothing happened in it.</param>
public sealed record MarketProgress(string State, Timestamp Time, Timestamp Start, double? Speed, TimeSpan Lag, long Events, TimeSpan Skipped);

public sealed record ContractCounters(string ContractId, string Symbol, EventTotals Quotes, EventTotals Trades, EventTotals Depth);

/// <summary>Events of the user hub, all accounts together.</summary>
public sealed record UserCounters(EventTotals Accounts, EventTotals Orders, EventTotals Positions, EventTotals Trades);

/// <param name="Open">Hub connections now.</param>
/// <param name="Opened">Hub connections since the start.</param>
/// <param name="Dropped">Connections closed because they took messages too slowly.</param>
/// <param name="Waiting">Messages in all outboxes now.</param>
/// <param name="Abandoned">Messages that were queued for a connection and never sent because it ended.</param>
/// <param name="UnknownSubscriptions">Subscriptions to contracts that do not exist.</param>
public sealed record ConnectionCounters(int Open, long Opened, long Dropped, long Waiting, long Abandoned, long UnknownSubscriptions);

/// <param name="RateLimited">Requests answered with 429.</param>
public sealed record RequestCounters(long RateLimited);
