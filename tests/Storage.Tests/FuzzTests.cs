using System.Text;
using Tradewind.Core.Model;
using Tradewind.Storage.Inspection;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Recording;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests;

/// <summary>Files damaged at random are read, or refused with a sentence; nothing else ever comes out.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Rounds = 1500;

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void DamagedCsvIsReadOrRefused()
    {
        string[] seeds =
        [
            "timestamp,open,high,low,close,volume\n2024-01-02T00:00:00Z,10,12,9,11,5\n2024-01-02T00:01:00.250Z,10.5,12,9,11,5e3\r\n",
            "timestamp,price,size,aggressor\n1704153600000,10,1,buyer\n1704153600001,10.25,2,\n",
            "timestamp,bid,ask,bidSize,askSize\n2024-01-02T00:00:00+01:00,\"1.1\", 1.2 ,3,4\n2024-01-02T00:00:00+01:00,1.1,1.2,3,4\n",
            "timestamp,open,high,low,close,volume,end\n2024-01-02,10,12,9,11,5,2024-01-03\n2024-01-03,10,12,9,11,5,2024-01-04\n",
        ];
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            byte[] bytes = Damage(Encoding.UTF8.GetBytes(seeds[round % seeds.Length]), random, "0123456789.,-+eTZ:\n\r\" \0;µ"u8);
            string path = _directory.Write("fuzz.csv", random.Next(8) == 0 ? Damage(TempDirectory.Gzip(Encoding.UTF8.GetString(bytes)), random, []) : bytes);
            OnlyInputExceptions(round, () => MarketDataFile.Open(path).Dispose());
            OnlyInputExceptions(round, () => MarketDataInspector.Inspect(path));
        }
    }

    /// <summary>What strict reading accepts, inspection calls sound, and the other way round.</summary>
    [Fact]
    public void ReadingAndInspectionAgree()
    {
        string header = "timestamp,open,high,low,close,volume\n";
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            string rows = string.Concat(Enumerable.Range(0, 4).Select(i => $"2024-01-02T00:0{i}:00Z,10,12,9,11,5\n"));
            byte[] damaged = Damage(Encoding.UTF8.GetBytes(rows), random, "0123456789.,-T:"u8);
            string path = _directory.Write("fuzz.csv", [.. Encoding.UTF8.GetBytes(header), .. damaged]);
            bool isAccepted = Try(() => MarketDataFile.Open(path).Dispose());
            bool isSound = false;
            Try(() => isSound = MarketDataInspector.Inspect(path).IsSound);
            Assert.True(isAccepted == isSound, $"round {round}: accepted {isAccepted}, sound {isSound}");
        }
    }

    [Fact]
    public void ADamagedRecordingIsRefused()
    {
        using (var writer = new RecordingWriter<Quote>(_directory["a.twr"], EngineRun.Coin))
        {
            writer.Append(MarketDataMaker.Quotes(new Random(1), 50));
            writer.Complete();
        }
        byte[] whole = File.ReadAllBytes(_directory["a.twr"]);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = Damage(whole, new Random(round), []);
            string path = _directory.Write("fuzz.twr", bytes);
            bool isRead = Try(() => RecordingReader.Open(path).Dispose());
            Assert.Equal(bytes.AsSpan().SequenceEqual(whole), isRead);
            OnlyInputExceptions(round, () => MarketDataInspector.Inspect(path));
        }
    }

    [Fact]
    public void ADamagedJournalNeverGivesAWrongInput()
    {
        using (var writer = new JournalWriter(_directory["a.twj"], new("fuzz", default, "test", "{}"), new() { FlushInterval = null }))
        {
            for (int i = 1; i <= 30; i++) writer.Append(Scenarios.InputOf(i), (ulong)i);
            writer.Complete(7);
        }
        byte[] whole = File.ReadAllBytes(_directory["a.twj"]);
        for (int round = 0; round < Rounds; round++)
        {
            string path = _directory.Write("fuzz.twj", Damage(whole, new Random(round), []));
            OnlyInputExceptions(round, () =>
            {
                using var reader = new JournalReader(path);
                while (reader.TryRead(out JournalEntry entry)) Assert.Equal(InputMaker.Describe(Scenarios.InputOf(entry.Sequence)), InputMaker.Describe(entry.Input));
            });
        }
    }

    private static void OnlyInputExceptions(int round, Action work)
    {
        try
        {
            Try(work);
        }
        catch (Exception fault) when (fault is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"round {round}: {fault}");
        }
    }

    private static bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (InputException fault)
        {
            Assert.DoesNotContain('\n', fault.Message);
            return false;
        }
    }

    /// <summary>One to four changes: bytes replaced, flipped, put in, taken out, repeated, or the end cut off.</summary>
    private static byte[] Damage(byte[] bytes, Random random, ReadOnlySpan<byte> letters)
    {
        List<byte> damaged = [.. bytes];
        for (int change = random.Next(1, 5); change > 0 && damaged.Count > 0; change--)
        {
            int at = random.Next(damaged.Count);
            byte letter = letters.IsEmpty ? (byte)random.Next(256) : letters[random.Next(letters.Length)];
            switch (random.Next(6))
            {
                case 0: damaged[at] = letter; break;
                case 1: damaged[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: damaged.Insert(at, letter); break;
                case 3: damaged.RemoveAt(at); break;
                case 4: damaged.AddRange(damaged.GetRange(at, Math.Min(40, damaged.Count - at))); break;
                default: damaged.RemoveRange(at, damaged.Count - at); break;
            }
        }
        return [.. damaged];
    }
}
