namespace Tradewind.Gateway.Orders;

/// <param name="Ticks">Signed offset from the entry's fill; above is positive.</param>
public sealed record BracketRequest(int Ticks, int Type);

public sealed record PlaceRequest(
    int AccountId, string ContractId, int Type, int Side, int Size,
    decimal? LimitPrice = null, decimal? StopPrice = null, decimal? TrailPrice = null, string? CustomTag = null,
    BracketRequest? StopLossBracket = null, BracketRequest? TakeProfitBracket = null);

/// <summary>Members that are null stay as they are.</summary>
public sealed record ModifyRequest(int AccountId, long OrderId, int? Size = null, decimal? LimitPrice = null, decimal? StopPrice = null, decimal? TrailPrice = null);

public sealed record CancelRequest(int AccountId, long OrderId);

public sealed record CloseRequest(int AccountId, string ContractId);

public sealed record PartialCloseRequest(int AccountId, string ContractId, int Size);

/// <summary>What became of a command: 0 is success; what another code means depends on the endpoint.</summary>
public readonly record struct Outcome(int Code, string? Text = null, long? OrderId = null);
