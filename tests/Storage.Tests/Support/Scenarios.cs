using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Storage.Journal;

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
}
