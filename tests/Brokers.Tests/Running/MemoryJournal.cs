using System.Collections.Concurrent;
using Tradewind.Core.Engine;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.Running;

/// <summary>Keeps the inputs of a runner for the test.</summary>
internal sealed class MemoryJournal : IJournal
{
    public ConcurrentQueue<Input> Inputs { get; } = new();

    public long DurableSequence => Inputs.Count;

    public bool IsSpaceLow => false;

    public string? Fault => null;

    public long Append(in Input input, ulong hashBefore)
    {
        Inputs.Enqueue(input);
        return Inputs.Count;
    }

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
