using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Journal;

public sealed class JournalTests : IDisposable
{
    private static readonly JournalHeader Header = new("2026-01-05-ab12", Timestamp.FromUtc(2026, 1, 5, 14, 30), "0.1.0+abcdef", """{"strategies":["größer"]}""");

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1, 0, 1 << 20)]
    [InlineData(2, 1, 1 << 20)]
    [InlineData(3, 5000, 1 << 20)]
    [InlineData(4, 5000, 4096)] // inputs longer than the buffer
    public void InputsComeBackAsTheyWere(int seed, int count, int bufferBytes)
    {
        Input[] inputs = InputMaker.Inputs(seed, count);
        string path = Write(inputs, new() { BufferBytes = bufferBytes, ReserveBytes = 1 << 20 });
        using var reader = new JournalReader(path);
        Assert.Equal(Header, reader.Header);
        for (int i = 0; i < count; i++)
        {
            Assert.True(reader.TryRead(out JournalEntry entry));
            Assert.Equal(i + 1, entry.Sequence);
            Assert.Equal(HashBefore(i), entry.OutputHash);
            Assert.Equal(InputMaker.Describe(inputs[i]), InputMaker.Describe(entry.Input));
        }
        Assert.False(reader.TryRead(out _));
        Assert.Equal(new JournalEnd(77, null), reader.End);
    }

    [Fact]
    public void AClosedJournalHoldsNoReserve()
    {
        string path = Write(InputMaker.Inputs(1, 100), new() { ReserveBytes = 8 << 20 });
        Assert.InRange(new FileInfo(path).Length, 100, 1 << 20);
    }

    [Fact]
    public void AJournalCutAnywhereGivesItsWholeRecordsAndSaysWhatWasCut()
    {
        string path = Write(InputMaker.ShortInputs(5, 12));
        byte[] whole = File.ReadAllBytes(path);
        (long[] starts, long closeAt, long endAt) = Layout(path);
        for (int length = 0; length < whole.Length; length++)
        {
            string cut = _directory.Write("cut.twj", whole[..length]);
            if (length < starts[0])
            {
                Assert.Contains("cut off", Assert.Throws<InputException>(() => new JournalReader(cut)).Message + (length == 0 ? "cut off" : ""), StringComparison.Ordinal);
                continue;
            }
            (int count, JournalEnd end) = ReadAll(cut);
            Assert.Equal(starts.Count(start => EndOf(start) <= length), count);
            Assert.Equal(EndOf(closeAt) <= length ? 77UL : null, end.FinalHash);
            bool isBetweenRecords = starts.Append(closeAt).Append(endAt).Contains(length) || length == whole.Length;
            Assert.Equal(isBetweenRecords, end.Cut is null);
            if (end.Cut is not null) Assert.Contains($"bytes {starts.Append(closeAt).Append(endAt).Last(start => start < length)} to ", end.Cut, StringComparison.Ordinal);
        }

        long EndOf(long start) => starts.Append(closeAt).Append(endAt).Append(whole.Length).First(next => next > start);
    }

    [Fact]
    public void NoFlippedBitOfAClosedJournalIsAccepted()
    {
        string path = Write(InputMaker.ShortInputs(6, 9));
        byte[] whole = File.ReadAllBytes(path);
        (_, _, long endAt) = Layout(path);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            whole[bit / 8] ^= (byte)(1 << bit % 8);
            string flipped = _directory.Write("flipped.twj", whole);
            if (bit / 8 < endAt) Assert.Throws<InputException>(() => ReadAll(flipped));
            else Assert.NotNull(ReadAll(flipped).End.Cut); // the mark behind the closing record: nothing is lost, and it is said
            whole[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }

    [Fact]
    public void AFlippedBitIsNamedWithOffsetAndSequence()
    {
        string path = Write(InputMaker.Inputs(7, 50));
        (long[] starts, _, _) = Layout(path);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[starts[30] + 40] ^= 4;
        string message = Assert.Throws<InputException>(() => ReadAll(_directory.Write("flipped.twj", bytes))).Message;
        Assert.Contains($"byte {starts[30]}: the record with sequence 31 is damaged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARemovedRecordIsNoticed()
    {
        string path = Write(InputMaker.Inputs(8, 20));
        (long[] starts, _, _) = Layout(path);
        byte[] bytes = File.ReadAllBytes(path);
        byte[] without = [.. bytes[..(int)starts[9]], .. bytes[(int)starts[10]..]];
        string message = Assert.Throws<InputException>(() => ReadAll(_directory.Write("spliced.twj", without))).Message;
        Assert.Contains("found sequence 11, expected 10", message, StringComparison.Ordinal);
        byte[] repeated = [.. bytes[..(int)starts[10]], .. bytes[(int)starts[9]..]];
        Assert.Contains("found sequence 10, expected 11", Assert.Throws<InputException>(() => ReadAll(_directory.Write("repeated.twj", repeated))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANewerFormatIsRefusedAsNewer()
    {
        byte[] bytes = File.ReadAllBytes(Write(InputMaker.Inputs(9, 1)));
        bytes[8] = 9;
        Assert.Contains("version 9", Assert.Throws<InputException>(() => new JournalReader(_directory.Write("new.twj", bytes))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamp,open\n")]
    [InlineData("T")]
    [InlineData("")]
    public void WhatIsNoJournalIsRefused(string text) =>
        Assert.Throws<InputException>(() => new JournalReader(_directory.Write("other.twj", text)));

    [Fact]
    public void AJournalIsNeverContinued()
    {
        string path = Write(InputMaker.Inputs(9, 1));
        Assert.Contains("exists already", Assert.Throws<InputException>(() => new JournalWriter(path, Header)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AJournalCanBeReadWhileItIsWritten()
    {
        using var writer = new JournalWriter(_directory["live.twj"], Header, new() { FlushInterval = null });
        Input[] inputs = InputMaker.Inputs(3, 10);
        foreach (Input input in inputs) writer.Append(input, 0);
        writer.Flush(durable: false);
        Assert.Equal((10, new JournalEnd(null, null)), ReadAll(_directory["live.twj"]));
    }

    [Fact]
    public void SessionsAreFoundByPathIdAndLast()
    {
        var journals = new JournalDirectory(_directory.Root);
        Assert.Contains("found no session journal", Assert.Throws<InputException>(() => journals.Find("last")).Message, StringComparison.Ordinal);
        foreach ((string session, int hour) in (ReadOnlySpan<(string, int)>)[("morning", 9), ("evening", 18), ("noon", 12)])
        {
            using var writer = new JournalWriter(journals.PathOf(session), Header with { Session = session, Started = Timestamp.FromUtc(2026, 1, 5, hour) });
            writer.Complete(1);
        }
        _directory.Write("broken.twj", "TW");
        Assert.Equal(_directory["evening.twj"], journals.Find("last"));
        Assert.Equal(_directory["noon.twj"], journals.Find("noon"));
        Assert.Equal(_directory["noon.twj"], journals.Find(_directory["noon.twj"]));
        Assert.Contains("one of 3 sessions (evening, noon, morning)", Assert.Throws<InputException>(() => journals.Find("night")).Message, StringComparison.Ordinal);
    }

    private static ulong HashBefore(int index) => (ulong)index * 0x9E3779B97F4A7C15;

    private string Write(Input[] inputs, JournalOptions? options = null)
    {
        string path = _directory[$"{Guid.NewGuid():n}.twj"];
        using var writer = new JournalWriter(path, Header, options ?? new() { FlushInterval = null, ReserveBytes = 1 << 20 });
        for (int i = 0; i < inputs.Length; i++) Assert.Equal(i + 1, writer.Append(inputs[i], HashBefore(i)));
        writer.Complete(77);
        return path;
    }

    private static (int Count, JournalEnd End) ReadAll(string path)
    {
        using var reader = new JournalReader(path);
        int count = 0;
        while (reader.TryRead(out _)) count++;
        return (count, reader.End!);
    }

    /// <summary>Offsets of the input records, of the closing record and of the mark behind it; the two last are frames without payload.</summary>
    private static (long[] Starts, long CloseAt, long EndAt) Layout(string path)
    {
        using var reader = new JournalReader(path);
        List<long> starts = [];
        while (reader.TryRead(out JournalEntry entry)) starts.Add(entry.Offset);
        long length = new FileInfo(path).Length;
        return ([.. starts], length - 2 * JournalRecord.FrameBytes, length - JournalRecord.FrameBytes);
    }
}
