using Tradewind.Core.Engine;
using Tradewind.Live;
using Tradewind.Storage;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Running;

/// <summary>The session's journal file behind the port that the runner knows.</summary>
internal sealed class SessionJournal(JournalWriter writer) : IJournal
{
    public long AppendedSequence => writer.AppendedSequence;

    public long DurableSequence => writer.DurableSequence;

    /// <summary>Where the next record will begin; for the thread that appends.</summary>
    public long EndOffset => writer.EndOffset;

    public bool IsSpaceLow => writer.IsSpaceLow;

    public string? Fault => writer.Failure?.Message;

    public long Append(in Input input, ulong hashBefore) => writer.Append(in input, hashBefore);

    /// <exception cref="StorageException">The disk failed.</exception>
    public void WaitDurable(long sequence, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        writer.WaitDurable(sequence);
    }

    public void Complete(ulong finalHash) => writer.Complete(finalHash);

    public void Dispose() => writer.Dispose();
}
