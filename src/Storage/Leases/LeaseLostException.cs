namespace Tradewind.Storage.Leases;

/// <summary>Somebody else has the lease now: nothing may be done in its name any more. The message is a sentence for the user.</summary>
public sealed class LeaseLostException(string message) : Exception(message);
