using System.Globalization;
using System.IO.Compression;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Market;

/// <summary>Market data beside the checkout; the test is skipped where there is none.</summary>
internal static class RealData
{
    public static List<Trade> Trades(string file) =>
        [.. Rows(file).Select(row => new Trade(Time(row[0]), Number(row[1]), Number(row[2])))];

    public static List<Bar> Bars(string file, TimeSpan length) =>
        [.. Rows(file).Select(row => new Bar(Time(row[0]), Time(row[0]) + length, Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5])))];

    public static List<Timestamp> Times(string file) => [.. Rows(file).Select(row => Time(row[0]))];

    private static IEnumerable<string[]> Rows(string file)
    {
        string path = Path.Combine(Root(), "..", "shared", "data", file);
        Assert.SkipUnless(File.Exists(path), $"The real data {file} is not beside this checkout (../shared/data).");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line) yield return line.Split(',');
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tradewind.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has a Tradewind.slnx.");
    }

    private static Timestamp Time(string text) => Timestamp.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
