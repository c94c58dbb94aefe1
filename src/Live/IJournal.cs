using Tradewind.Core.Engine;

namespace Tradewind.Live;

/// <summary>Records every input before the engine sees it. The only part that may stop the engine.</summary>
public interface IJournal : IDisposable
{
    /// <summary>Sequence up to which records are on the disk for good.</summary>
    long DurableSequence { get; }

    /// <summary>The disk is nearly full: no new risk may be taken.</summary>
    bool IsSpaceLow { get; }

    /// <summary>What made the journal stop, as a sentence; null while it works.</summary>
    string? Fault { get; }

    /// <summary>Appends; returns the record's sequence, from 1. Does not wait for the disk.</summary>
    /// <param name="hashBefore">The engine's output hash before it sees the input: what a replay compares.</param>
    long Append(in Input input, ulong hashBefore);

    /// <summary>Returns once the record is on the disk for good. Callers that wait at the same time share what it takes.</summary>
    void WaitDurable(long sequence, CancellationToken cancel);

    /// <summary>Closes the session with the final hash; nothing can be appended afterwards.</summary>
    void Complete(ulong finalHash);
}
