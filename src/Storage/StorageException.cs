namespace Tradewind.Storage;

/// <summary>The disk or the database failed; what had been acknowledged before is safe.</summary>
/// <param name="message">One sentence for the user: what failed, where, what was lost if anything, the cure.</param>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
