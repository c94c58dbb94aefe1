namespace Tradewind.Brokers.ProjectX.Rest;

/// <param name="Body">Empty for an endpoint without members.</param>
/// <param name="Leaving">Called once its turn has come, right before the first byte leaves.</param>
internal readonly record struct RestCall(Endpoint Endpoint, byte[] Body, RestLane Lane, Action? Leaving = null);
