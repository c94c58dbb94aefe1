namespace Tradewind.Gateway.Orders;

/// <param name="Ticks">Signed offset from the entry's fill; above is positive.</param>
internal sealed record BracketRequest(int Ticks, int Type);

internal sealed record PlaceRequest(
    int AccountId, string ContractId, int Type, int Side, int Size,
    decimal? LimitPrice = null, decimal? StopPrice = null, decimal? TrailPrice = null, string? CustomTag = null,
    BracketRequest? StopLossBracket = null, BracketRequest? TakeProfitBracket = null);

/// <summary>Members that are null stay as they are.</summary>
internal sealed record ModifyRequest(int AccountId, long OrderId, int? Size = null, decimal? LimitPrice = null, decimal? StopPrice = null, decimal? TrailPrice = null);

internal sealed record CancelRequest(int AccountId, long OrderId);

internal sealed record CloseRequest(int AccountId, string ContractId);

internal sealed record PartialCloseRequest(int AccountId, string ContractId, int Size);

/// <summary>What became of a command: 0 is success; what another code means depends on the endpoint.</summary>
internal readonly record struct Outcome(int Code, string? Text = null, long? OrderId = null);
