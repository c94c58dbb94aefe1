using Tradewind.Core.Engine;
using Tradewind.Live;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Running;

/// <summary>The session's journal file behind the port that the runner knows.</summary>
internal sealed class SessionJournal(JournalWriter writer) : IJournal
{
    public long DurableSequence => writer.DurableSequence;

    public long Append(in Input input, ulong hashBefore) => writer.Append(in input, hashBefore);

    public ValueTask WaitDurableAsync(long sequence, CancellationToken cancel) => writer.WaitDurableAsync(sequence, cancel);

    public void Complete(ulong finalHash) => writer.Complete(finalHash);

    public void Dispose() => writer.Dispose();
}
