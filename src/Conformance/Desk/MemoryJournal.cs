using Tradewind.Core.Engine;
using Tradewind.Live;

namespace Tradewind.Conformance.Desk;

/// <summary>Takes every input for safe at once: cards are about the broker, not about the disk.</summary>
internal sealed class MemoryJournal : IJournal
{
    private long _sequence;

    public long DurableSequence => Interlocked.Read(ref _sequence);

    public bool IsSpaceLow => false;

    public string? Fault => null;

    public long Append(in Input input, ulong hashBefore) => Interlocked.Increment(ref _sequence);

    public void WaitDurable(long sequence, CancellationToken cancel)
    {
    }

    public void Complete(ulong finalHash)
    {
    }

    public void Dispose()
    {
    }
}
