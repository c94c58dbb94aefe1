using Tradewind.Core.Model;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Journal;

/// <summary>A checkpoint is whole or not used, and a journal goes on behind it exactly where it should.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly JournalHeader Header = new("2026-01-05-ab12", Timestamp.FromUtc(2026, 1, 5, 14, 30), "0.1.0", "{}");
    private static readonly Checkpoint Sample = new("2026-01-05-ab12", "0.1.0", 40, 4096, 0xFEDCBA9876543210, [.. Enumerable.Range(0, 300).Select(i => (byte)i)]);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ItComesBackAsItWas()
    {
        string path = _directory["a.twc"];
        Sample.Write(path);
        Sample.Write(path); // in the place of the one before

        Checkpoint? read = Checkpoint.TryRead(path, out string? fault);

        Assert.Null(fault);
        Assert.Equal(Sample with { State = [] }, read! with { State = [] });
        Assert.Equal(Sample.State, read.State);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void NoFlippedBitAndNoCutIsAccepted()
    {
        string path = _directory["a.twc"];
        Sample.Write(path);
        byte[] whole = File.ReadAllBytes(path);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            whole[bit / 8] ^= (byte)(1 << bit % 8);
            Refused(whole);
            whole[bit / 8] ^= (byte)(1 << bit % 8);
        }
        for (int length = 0; length < whole.Length; length++) Refused(whole[..length]);
        Refused([.. whole, 0]);

        void Refused(byte[] bytes)
        {
            Assert.Null(Checkpoint.TryRead(_directory.Write("b.twc", bytes), out string? fault));
            Assert.Contains("it is not used", fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhereThereIsNoneThereIsNoFault()
    {
        Assert.Null(Checkpoint.TryRead(_directory["none.twc"], out string? fault));
        Assert.Null(fault);
    }

    [Fact]
    public void AJournalGoesOnBehindAnyOfItsRecords()
    {
        Core.Engine.Input[] inputs = InputMaker.Inputs(9, 50);
        string path = _directory["a.twj"];
        List<long> ends = [];
        using (var writer = new JournalWriter(path, Header, new() { FlushInterval = null, ReserveBytes = 1 << 20 }))
        {
            foreach (Core.Engine.Input input in inputs)
            {
                writer.Append(in input, 7);
                ends.Add(writer.EndOffset);
            }
            writer.Complete(77);
        }
        for (int seen = 1; seen < inputs.Length; seen++)
        {
            using var reader = new JournalReader(path);
            Assert.True(reader.TrySkipTo(seen, ends[seen - 1]));
            int count = seen;
            while (reader.TryRead(out JournalEntry entry)) Assert.Equal(++count, entry.Sequence);
            Assert.Equal(inputs.Length, count);
            Assert.Equal(77UL, reader.End!.FinalHash);
        }
    }

    [Fact]
    public void ASkipToAWrongPlaceIsRefusedAndTheJournalIsReadFromItsStart()
    {
        string path = _directory["a.twj"];
        long end;
        using (var writer = new JournalWriter(path, Header, new() { FlushInterval = null, ReserveBytes = 1 << 20 }))
        {
            foreach (Core.Engine.Input input in InputMaker.Inputs(9, 5)) writer.Append(in input, 7);
            end = writer.EndOffset;
            writer.Complete(77);
        }
        using var reader = new JournalReader(path);
        foreach ((long sequence, long offset) in new[] { (3L, 0L), (3L, end), (4L, end), (3L, end + 8), (1L, long.MaxValue), (1L, end + 100_000_000) }) Assert.False(reader.TrySkipTo(sequence, offset));
        Assert.True(reader.TryRead(out JournalEntry first));
        Assert.Equal(1, first.Sequence);
    }
}
