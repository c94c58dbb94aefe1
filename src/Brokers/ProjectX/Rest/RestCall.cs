namespace Tradewind.Brokers.ProjectX.Rest;

/// <param name="Body">Empty for an endpoint without members.</param>
internal readonly record struct RestCall(Endpoint Endpoint, byte[] Body, RestLane Lane);
