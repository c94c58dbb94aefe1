namespace Tradewind.Brokers.ProjectX;

/// <summary>How much of one of the gateway's request limits is used.</summary>
/// <param name="Name"><c>history</c> or <c>other</c>.</param>
/// <param name="Used">Calls of the last window.</param>
/// <param name="Limit">Calls that the gateway allows in one window.</param>
/// <param name="Waiting">Calls that wait for their turn.</param>
/// <param name="NotSent">Calls that were given up here because their turn would have come too late, since the start.</param>
/// <param name="Limited">Times that the gateway itself said that it was too much, since the start.</param>
public sealed record BudgetUse(string Name, int Used, int Limit, int Waiting, long NotSent, long Limited);
