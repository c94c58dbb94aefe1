namespace Tradewind.Live;

/// <summary>Says whether this engine may act on the account. Another may have taken over while this one stood still.</summary>
public interface IFence
{
    /// <summary>The right to send until it is disposed; nobody can take over meanwhile.</summary>
    /// <exception cref="NotSentException">This engine may not act: its message says why.</exception>
    ValueTask<IDisposable> EnterAsync(CancellationToken cancel);
}
