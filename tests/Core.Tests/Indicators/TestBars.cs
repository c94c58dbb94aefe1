using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>The series that every indicator is tried on.</summary>
internal static class TestBars
{
    public const int Length = 700;

    private static readonly Timestamp Begin = Timestamp.FromUtc(2024, 1, 2);

    /// <summary>2,500 made-up minutes with trends, gaps, dead minutes and candlestick patterns.</summary>
    public static readonly BarTable Golden = BarTable.Read(Path.Combine(AppContext.BaseDirectory, "Indicators", "Golden", "bars.csv"));

    /// <summary>Half-hours of a random walk on a grid of 0.25, so that days begin and end.</summary>
    public static readonly BarTable Walk = Make("random walk", Walking(1));

    public static readonly BarTable Constant = Make("constant", _ => (100.1, 100.1, 100.1, 100.1, 500));

    public static readonly BarTable NoVolume = Walk.Map("zero volume", bar => bar with { Volume = 0 });

    /// <summary>Every bar is a single price.</summary>
    public static readonly BarTable Points = Walk.Map("bars of one price", bar => bar with { Open = bar.Close, High = bar.Close, Low = bar.Close });

    public static readonly BarTable Alternating = Make("alternating", i => i % 2 == 0 ? (100, 101, 100, 101, 10) : (101, 101, 100, 100, 20));

    /// <summary>Prices jump by half or to double, and days are missing.</summary>
    public static readonly BarTable Gaps = Jumping();

    /// <summary>What an indicator meets on a bad day: it must stay finite on all of them.</summary>
    public static readonly BarTable[] Hostile =
    [
        Constant,
        Make("constant without volume", _ => (100, 100, 100, 100, 0)),
        Make("constant zero", _ => (0, 0, 0, 0, 0)),
        Make("constant below zero", _ => (-5, -5, -5, -5, 10)),
        NoVolume,
        Walk.Map("huge", bar => Times(bar, 1e12, 1e9)),
        Walk.Map("tiny", bar => Times(bar, 1e-12, 1e-9)),
        Points,
        Alternating,
        Gaps,
        Make("rising", i => Up(100 * Math.Pow(1.01, i), 0.005)),
        Make("falling", i => Up(1e6 * Math.Pow(0.99, i), 0.005)),
        Walk.Map("below zero", bar => Shifted(bar, -1000)),
        Walk.Map("around zero", bar => Shifted(bar, -Walk.Close[350])),
        Make("a spike", i => i == 300 ? (100, 1e8, 100, 1e8, 1e12) : (100, 100 + i % 3, 99, 100 + i % 2, 10 + i % 5)),
        Make("dead, then alive", i => i < 400 ? (50, 50, 50, 50, 0) : Walking(7)(i)),
        Make("alive, then dead", i => i < 300 ? Walking(9)(i) : (333.3, 333.3, 333.3, 333.3, 0)),
        Walk.Map("volume now and then", bar => bar with { Volume = bar.Start.Nanoseconds / Timestamp.NanosecondsPerMinute % 570 == 0 ? bar.Volume * 0.1 : 0 }),
    ];

    /// <summary>The folder of the repository; empty when the tests run elsewhere.</summary>
    public static readonly string Root = FindRoot();

    public static readonly string RealData = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    /// <summary>Real bars, beside a developer's checkout only.</summary>
    public static IReadOnlyList<BarTable> Real { get; } = !Directory.Exists(RealData) ? [] :
        [.. new[] { "es-1m-2013", "spy-1d-1998-2021", "aapl-1d", "btcusd-1m-2018-04", "spy-1m-2013-10" }
            .Select(name => Path.Combine(RealData, name + ".csv.gz")).Where(File.Exists).Select(BarTable.Read)];

    /// <summary>The made-up series on which the reference implementations must agree, degenerate ones included.</summary>
    public static IEnumerable<BarTable> ForReferences => [Golden, Walk, Constant, NoVolume, Points, Alternating, Gaps];

    public static Bar Shifted(Bar bar, double by) => bar with { Open = bar.Open + by, High = bar.High + by, Low = bar.Low + by, Close = bar.Close + by };

    public static Bar Times(Bar bar, double price, double volume) => new(bar.Start, bar.End, bar.Open * price, bar.High * price, bar.Low * price, bar.Close * price, bar.Volume * volume);

    /// <summary>A number in [0, 1) from two numbers, the same for ever.</summary>
    public static double Lot(int seed, int index)
    {
        ulong z = (ulong)seed * 0x9E3779B97F4A7C15 + (ulong)index * 0xBF58476D1CE4E5B9 + 0x94D049BB133111EB;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1ul << 53));
    }

    private static (double Open, double High, double Low, double Close, double Volume) Up(double price, double step) =>
        (price, price * (1 + step), price, price * (1 + step), 100);

    private static Func<int, (double, double, double, double, double)> Walking(int seed)
    {
        double[] closes = new double[Length + 1];
        closes[0] = 4000;
        for (int i = 0; i < Length; i++) closes[i + 1] = closes[i] + Math.Round((Lot(seed, i) + Lot(seed, i + 10_000) + Lot(seed, i + 20_000) - 1.5) * 40) / 4;
        return i => (closes[i], Math.Max(closes[i], closes[i + 1]) + Math.Round(Lot(seed, i + 30_000) * 8) / 4,
            Math.Min(closes[i], closes[i + 1]) - Math.Round(Lot(seed, i + 40_000) * 8) / 4, closes[i + 1], Math.Round(Lot(seed, i + 50_000) * 1000));
    }

    private static BarTable Jumping()
    {
        int days = 0;
        double factor = 1;
        return new("gaps", Walk.Bars.Select((bar, i) =>
        {
            if (i % 50 == 49) factor *= Lot(3, i) < 0.5 ? 0.5 : 2;
            if (i % 90 == 89) days += 3;
            Bar jumped = Times(bar, factor, 1);
            return jumped with { Start = bar.Start + TimeSpan.FromDays(days), End = bar.End + TimeSpan.FromDays(days) };
        }));
    }

    private static BarTable Make(string name, Func<int, (double Open, double High, double Low, double Close, double Volume)> bar) => new(name, Enumerable.Range(0, Length).Select(i =>
    {
        (double open, double high, double low, double close, double volume) = bar(i);
        Timestamp start = Begin + TimeSpan.FromMinutes(30 * i);
        return new Bar(start, start + TimeSpan.FromMinutes(30), open, high, low, close, volume);
    }));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tradewind.slnx"))) return folder.FullName;
        }
        return "";
    }
}
