using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Storage.Csv;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Recording;
using Tradewind.Storage.Sqlite;

namespace Tradewind.Storage.Tests.Support;

/// <summary>What child processes do. Each writes a line for everything that it was told is safe.</summary>
internal static class Scenarios
{
    public static void Run(string scenario, string argument)
    {
        switch (scenario)
        {
            case nameof(AppendUntilKilled): AppendUntilKilled(argument); break;
            case nameof(AppendUntilFull): AppendUntilFull(argument); break;
            case nameof(MigrateForEver): MigrateForEver(argument); break;
            case nameof(RecordUntilKilled): RecordUntilKilled(argument); break;
            case nameof(RecordUntilFull): RecordUntilFull(argument); break;
            case nameof(ExportUntilFull): ExportUntilFull(argument); break;
            default: throw new ArgumentException($"There is no scenario {scenario}.", nameof(scenario));
        }
    }

    /// <summary>The n-th input of these scenarios.</summary>
    public static Input InputOf(long sequence) => new(0, new Trade(new(sequence), sequence * 0.25, sequence));

    public static void AppendUntilKilled(string path)
    {
        using var writer = new JournalWriter(path, new("kill", default, "test", "{}"));
        for (long i = 1; ; i++)
        {
            long sequence = writer.Append(InputOf(i), (ulong)i);
            if (i % 7 != 0) continue;
            writer.WaitDurable(sequence);
            Console.WriteLine(sequence);
        }
    }

    public static void AppendUntilFull(string path)
    {
        using var writer = new JournalWriter(path, new("full", default, "test", "{}"), new() { ReserveBytes = 1 << 20, BufferBytes = 4096 });
        bool wasLow = false;
        try
        {
            for (long i = 1; ; i++)
            {
                long sequence = writer.Append(InputOf(i), (ulong)i);
                if (!wasLow && writer.IsSpaceLow)
                {
                    wasLow = true;
                    Console.WriteLine($"low {sequence}");
                }
                if (i % 100 != 0) continue;
                writer.WaitDurable(sequence);
                Console.WriteLine(sequence);
            }
        }
        catch (StorageException fault)
        {
            Console.WriteLine($"fault {fault.Message}");
            Console.WriteLine($"durable {writer.DurableSequence}");
        }
    }

    public static void MigrateForEver(string path)
    {
        const string Endless = "CREATE TABLE half (x INTEGER); WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000000) INSERT INTO half SELECT x FROM n";
        SqliteStore.Open(path, null, [.. Migration.All, new(3, Endless)]);
    }

    public static void RecordUntilKilled(string path)
    {
        RunRecorder recorder = StartRecording(path);
        for (long i = 1; ; i++)
        {
            recorder.Record(i, [FillOf(i)]);
            if (i % 50 != 0) continue;
            SpinWait.SpinUntil(() => recorder.Health.Waiting == 0);
            Console.WriteLine(recorder.Health.Stored);
        }
    }

    /// <summary>Says the fault, the sentence at the end, and how many fills were stored.</summary>
    public static void RecordUntilFull(string path)
    {
        RunRecorder recorder = StartRecording(path);
        for (long i = 1; recorder.Health.Fault is null; i++)
        {
            recorder.Record(i, [FillOf(i)]);
            if (i % 20 == 0) SpinWait.SpinUntil(() => recorder.Health.Waiting == 0 || recorder.Health.Fault is not null);
        }
        Console.WriteLine(recorder.Health.Fault);
        try
        {
            recorder.Complete(default, 0, 0, TimeSpan.FromMilliseconds(500));
        }
        catch (StorageException fault)
        {
            Console.WriteLine(fault.Message);
        }
        Console.WriteLine(recorder.Health.Stored);
    }

    private static RunRecorder StartRecording(string path) =>
        SqliteStore.Open(path).Record(new("r", "paper", "demo", default, "test", "{}"), new(["ES"], ["only"]));

    private static Output FillOf(long sequence) => new()
    {
        Kind = OutputKind.FillBooked,
        Time = new(sequence),
        Fill = new(new OrderId(sequence), sequence, 0, Side.Buy, 1m, 5000.25m, 1.5m, 0m, sequence),
    };

    /// <summary>Exports and imports the recording <c>DIRECTORY/big.twr</c> over files that are there; says each sentence.</summary>
    public static void ExportUntilFull(string directory)
    {
        using MarketDataFile data = MarketDataFile.Open(Path.Combine(directory, "big.twr"));
        Say(() => CsvWriter.Write(data, Path.Combine(directory, "old.csv")));
        Say(() =>
        {
            using var writer = new RecordingWriter<Bar>(Path.Combine(directory, "old.twr"), EngineRun.Coin, Timeframe.OneMinute);
            writer.Append(data.Bars.Span);
            writer.Complete();
        });

        static void Say(Action work)
        {
            try
            {
                work();
                Console.WriteLine("done");
            }
            catch (StorageException fault)
            {
                Console.WriteLine(fault.Message);
            }
        }
    }
}
