using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Tests.Market;

/// <summary>Real markets from the folder beside the repository, where a developer has it.</summary>
internal static class RealData
{
    public const string Missing = "the real market data is not there: it is expected in ../shared/data beside the repository";

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    private static string Folder { get; } = Path.GetFullPath(Path.Combine(Root, "../shared/data"));

    public static bool IsThere => Directory.Exists(Folder);

    /// <summary>E-mini S&amp;P 500, one-minute bars of 2013.</summary>
    public static MinuteSeries EsMinutes() => new(Rows("es-1m-2013.csv.gz").Select(row =>
        new Bar(Time(row[0]), Time(row[0]) + TimeSpan.FromMinutes(1), Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5]))));

    /// <summary>Gold futures, all trades of 2013-10-07.</summary>
    public static Trade[] GoldTrades() => [.. Rows("gc-trades-2013-10-07.csv.gz").Select(row => new Trade(Time(row[0]), Number(row[1]), Number(row[2])))];

    private static IEnumerable<string[]> Rows(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Folder, file)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line) yield return line.Split(',');
    }

    private static Timestamp Time(string text) => Timestamp.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
