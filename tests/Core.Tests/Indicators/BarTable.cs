using System.Globalization;
using System.IO.Compression;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>Bars, also as columns for the reference implementations.</summary>
public sealed class BarTable
{
    public BarTable(string name, IEnumerable<Bar> bars)
    {
        Name = name;
        Bars = [.. bars];
        (Open, High, Low, Close, Volume) = (Column(bar => bar.Open), Column(bar => bar.High), Column(bar => bar.Low), Column(bar => bar.Close), Column(bar => bar.Volume));
        Day = [.. Bars.Select(bar => bar.Start.Nanoseconds / Timestamp.NanosecondsPerDay)];
    }

    public string Name { get; }

    public Bar[] Bars { get; }

    public double[] Open { get; }

    public double[] High { get; }

    public double[] Low { get; }

    public double[] Close { get; }

    public double[] Volume { get; }

    /// <summary>Days of UTC since 1970, by the bar's start.</summary>
    public long[] Day { get; }

    public int Count => Bars.Length;

    public double[] Column(Func<Bar, double> read) => [.. Bars.Select(read)];

    public BarTable Map(string name, Func<Bar, Bar> change) => new(name, Bars.Select(change));

    public override string ToString() => Name;

    /// <summary>Reads <c>timestamp,open,high,low,close,volume</c>; bars end one minute, or one day, after their start.</summary>
    public static BarTable Read(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(plain);
        reader.ReadLine();
        TimeSpan length = path.Contains("-1d", StringComparison.Ordinal) ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(1);
        List<Bar> bars = [];
        while (reader.ReadLine() is string line)
        {
            string[] cells = line.Split(',');
            var start = Timestamp.From(DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture));
            double[] numbers = [.. cells.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            bars.Add(new(start, start + length, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]));
        }
        return new(Path.GetFileName(path), bars);
    }
}
