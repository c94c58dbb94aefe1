using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Journal;

/// <summary>What was acknowledged as durable survives crashes, losses of power and full disks; what was not is cut, never guessed.</summary>
public sealed class JournalDurabilityTests : IDisposable
{
    private static readonly JournalHeader Header = new("session", default, "test", "{}");

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ALossOfPowerLosesOnlyWhatWasNotDurable()
    {
        // Each case: a journal of which the first records were synced and the rest only written. Then any of the pages that were not synced may
        // be missing, whole or in part, in any order; the file must read without complaint up to at least the last synced record.
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int durableCount = random.Next(0, 30), laterCount = random.Next(1, 60);
            string path = _directory[$"{seed}.twj"];
            Input[] inputs = InputMaker.Inputs(seed, durableCount + laterCount);
            long durableBytes = WriteCrashed(path, inputs, durableCount);
            byte[] bytes = File.ReadAllBytes(path);
            const int Sector = 512;
            for (long sector = durableBytes / Sector; sector * Sector < bytes.Length; sector++)
            {
                if (random.Next(3) != 0) continue;
                int from = (int)Math.Max(durableBytes, sector * Sector), to = (int)Math.Min(bytes.Length, (sector + 1) * Sector);
                if (from < to) bytes.AsSpan(from, to - from).Clear();
            }
            File.WriteAllBytes(path, bytes);
            List<JournalEntry> read = ReadAll(path, out JournalEnd end);
            Assert.InRange(read.Count, durableCount, durableCount + laterCount);
            for (int i = 0; i < read.Count; i++) Assert.Equal(InputMaker.Describe(inputs[i]), InputMaker.Describe(read[i].Input));
            Assert.Null(end.FinalHash);
        }
    }

    [Fact]
    public void AFlippedBitInWhatWasDurableIsRefusedThoughTheSessionCrashed()
    {
        string path = _directory["crashed.twj"];
        long durableBytes = WriteCrashed(path, InputMaker.ShortInputs(5, 13), 10);
        byte[] whole = File.ReadAllBytes(path);
        for (long bit = 0; bit < durableBytes * 8; bit++)
        {
            whole[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            string flipped = _directory.Write("flipped.twj", whole);
            Assert.Throws<InputException>(() => ReadAll(flipped, out _));
            whole[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        }
    }

    [Fact]
    public async Task AKilledProcessLosesNothingThatItAcknowledged()
    {
        ChildProcess.SkipWhereThereIsNoShell();
        string path = _directory["killed.twj"];
        using Process child = ChildProcess.Start(nameof(Scenarios.AppendUntilKilled), path);
        long acknowledged = 0;
        for (int i = 0; i < 50; i++) acknowledged = long.Parse(await NextLine(child), CultureInfo.InvariantCulture);
        child.Kill();
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (long.TryParse(line, CultureInfo.InvariantCulture, out long sequence)) acknowledged = Math.Max(acknowledged, sequence);
        }
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        List<JournalEntry> read = ReadAll(path, out JournalEnd end);
        Assert.True(read.Count >= acknowledged, $"{read.Count} inputs were found, {acknowledged} had been acknowledged");
        Assert.All(read, entry => Assert.Equal(InputMaker.Describe(Scenarios.InputOf(entry.Sequence)), InputMaker.Describe(entry.Input)));
        Assert.Null(end.FinalHash);
    }

    [Fact]
    public async Task AFullDiskEndsTheJournalLoudlyAndLosesNothingAcknowledged()
    {
        ChildProcess.SkipWhereThereIsNoShell();
        string path = _directory["full.twj"];
        using Process child = ChildProcess.Start(nameof(Scenarios.AppendUntilFull), path, "ulimit -f 4096"); // 2 MiB a file
        string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0, errors);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        long acknowledged = lines.Where(line => char.IsAsciiDigit(line[0])).Max(line => long.Parse(line, CultureInfo.InvariantCulture));
        long low = long.Parse(Assert.Single(lines, line => line.StartsWith("low ", StringComparison.Ordinal))[4..], CultureInfo.InvariantCulture);
        string fault = Assert.Single(lines, line => line.StartsWith("fault ", StringComparison.Ordinal));
        Assert.Contains("is full, the journal ends: inputs up to sequence", fault, StringComparison.Ordinal);
        Assert.Contains("free some space", fault, StringComparison.Ordinal);
        List<JournalEntry> read = ReadAll(path, out _);
        Assert.True(read.Count >= acknowledged, $"{read.Count} inputs were found, {acknowledged} had been acknowledged");
        long roomAfterWarning = (acknowledged - low) * 72;
        Assert.True(roomAfterWarning >= 500_000, $"{roomAfterWarning} bytes were left after the warning, half of the reserve is 524288");
    }

    [Fact]
    public void NothingIsAcceptedAfterAFailure()
    {
        var writer = new JournalWriter(_directory["failed.twj"], Header, new() { FlushInterval = null });
        writer.Append(Input.Timer(default), 0);
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Append(Input.Timer(default), 0));
    }

    [Fact]
    public void WithoutAnyCallAnInputBecomesDurable()
    {
        using var writer = new JournalWriter(_directory["timed.twj"], Header, new() { FlushInterval = TimeSpan.FromMilliseconds(1) });
        long sequence = writer.Append(Input.Timer(default), 0);
        Assert.True(SpinWait.SpinUntil(() => writer.DurableSequence == sequence, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task ManyMayWaitWhileOneAppends()
    {
        string path = _directory["many.twj"];
        const int count = 20_000;
        using (var writer = new JournalWriter(path, Header, new() { BufferBytes = 4096, ReserveBytes = 1 << 20 }))
        {
            Task[] waiters = [.. Enumerable.Range(0, 4).Select(start => Task.Run(() =>
            {
                for (long sequence = start + 1; sequence <= count; sequence += 997)
                {
                    long wanted = sequence;
                    SpinWait.SpinUntil(() => writer.AppendedSequence >= wanted);
                    writer.WaitDurable(wanted);
                    if (writer.DurableSequence < wanted) throw new InvalidOperationException($"sequence {wanted} is not durable after waiting for it");
                }
            }))];
            for (int i = 1; i <= count; i++) writer.Append(Scenarios.InputOf(i), 0);
            await Task.WhenAll(waiters);
            writer.Complete(5);
        }
        List<JournalEntry> read = ReadAll(path, out JournalEnd end);
        Assert.Equal(count, read.Count);
        Assert.Equal(5UL, end.FinalHash);
        Assert.All(read, entry => Assert.Equal(InputMaker.Describe(Scenarios.InputOf(entry.Sequence)), InputMaker.Describe(entry.Input)));
    }

    [Fact]
    [SupportedOSPlatform("linux"), SupportedOSPlatform("macos")]
    public void AJournalIsItsOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix.");
        using var writer = new JournalWriter(_directory["own.twj"], Header, new() { FlushInterval = null });
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory["own.twj"]));
    }

    [Fact]
    public void AppendingAllocatesNothing()
    {
        using var writer = new JournalWriter(_directory["lean.twj"], Header, new() { FlushInterval = null });
        Input[] inputs = [.. InputMaker.Inputs(1, 200).Where(input => input.Text is null)];
        foreach (Input input in inputs) writer.Append(input, 0);
        Assert.Equal(0, Allocation.Of(() =>
        {
            foreach (Input input in inputs) writer.Append(input, 0);
        }));
    }

    /// <summary>A journal of a session that crashed: some inputs were made durable, the others only handed to the system. Returns how many bytes were durable.</summary>
    private static long WriteCrashed(string path, Input[] inputs, int durableCount)
    {
        using var writer = new JournalWriter(path, Header, new() { FlushInterval = null, ReserveBytes = 1 << 20 });
        for (int i = 0; i < durableCount; i++) writer.Append(inputs[i], 0);
        writer.Flush(durable: true);
        for (int i = durableCount; i < inputs.Length; i++) writer.Append(inputs[i], 0);
        writer.Flush(durable: false);
        byte[] asWritten = ReadShared(path);
        writer.Dispose();
        const int Reserve = 4096; // as much of the space held ready as the tests need
        File.WriteAllBytes(path, asWritten[..(asWritten.AsSpan().LastIndexOfAnyExcept((byte)0) + 1 + Reserve)]);
        List<JournalEntry> read = ReadAll(path, out _);
        return read[durableCount].Offset;
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static List<JournalEntry> ReadAll(string path, out JournalEnd end)
    {
        using var reader = new JournalReader(path);
        List<JournalEntry> entries = [];
        while (reader.TryRead(out JournalEntry entry)) entries.Add(entry);
        end = reader.End!;
        return entries;
    }

    private static async Task<string> NextLine(Process child) =>
        await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException(await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
}
