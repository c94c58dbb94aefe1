namespace Tradewind.Core.Market;

/// <summary>An indicator of a user's own threw; what it threw is within.</summary>
public sealed class IndicatorFailedException(string message, Exception inner) : Exception(message, inner);
