using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Tradewind.Simulation.Tests.Statistics;

/// <summary>A bar as it stands in a file.</summary>
internal readonly record struct PlainBar(decimal Open, decimal Close);

/// <summary>The moving-average cross calculated as plainly as possible, with nothing of the engine: in decimal, every average summed anew.</summary>
/// <remarks>
/// After each close from the slow-th on: wanted is +1 while the fast average is above the slow one, otherwise 0 (−1 with shorting). Where wanted differs from held
/// an order goes out; it fills at the next open. Equity is marked at each close.
/// </remarks>
internal sealed class PlainCross
{
    public int Orders { get; private set; }

    public int Fills { get; private set; }

    public decimal Commission { get; private set; }

    public decimal Position { get; private set; }

    public decimal NetProfit { get; private set; }

    public decimal MaxDrawdown { get; private set; }

    public decimal MaxDrawdownRate { get; private set; }

    public int BarsHeld { get; private set; }

    /// <summary>Net profit of each closed trade: an entry's and an exit's price and commission.</summary>
    public List<decimal> Trades { get; } = [];

    public static PlainCross Run(IReadOnlyList<PlainBar> bars, int fast, int slow, decimal commission, bool allowShort, decimal pointValue, decimal cash)
    {
        var run = new PlainCross();
        decimal money = cash, peak = cash, wanted = 0m, entry = 0m;
        for (int i = 0; i < bars.Count; i++)
        {
            if (wanted != run.Position)
            {
                decimal price = bars[i].Open, held = run.Position;
                money -= (wanted - held) * price * pointValue;
                money -= Math.Abs(wanted - held) * commission;
                run.Commission += Math.Abs(wanted - held) * commission;
                run.Fills++;
                if (held != 0m) run.Trades.Add(held * (price - entry) * pointValue - 2m * Math.Abs(held) * commission);
                entry = price;
                run.Position = wanted;
            }
            if (run.Position != 0m) run.BarsHeld++;
            if (i + 1 >= slow)
            {
                wanted = Sum(bars, i, fast) * slow > Sum(bars, i, slow) * fast ? 1m : allowShort ? -1m : 0m;
                if (wanted != run.Position) run.Orders++;
            }
            decimal equity = money + run.Position * bars[i].Close * pointValue;
            peak = Math.Max(peak, equity);
            run.MaxDrawdown = Math.Max(run.MaxDrawdown, peak - equity);
            run.MaxDrawdownRate = Math.Max(run.MaxDrawdownRate, (peak - equity) / peak);
            run.NetProfit = equity - cash;
        }
        return run;
    }

    /// <summary>Reads opens and closes from a gzip'd CSV whose columns are timestamp, open, high, low, close, volume.</summary>
    public static List<PlainBar> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        List<PlainBar> bars = [];
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            bars.Add(new(decimal.Parse(cells[1], CultureInfo.InvariantCulture), decimal.Parse(cells[4], CultureInfo.InvariantCulture)));
        }
        return bars;
    }

    /// <summary>A file of the real data beside the checkout; the test is skipped where they are absent.</summary>
    public static string Find(string file, [CallerFilePath] string thisFile = "")
    {
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../../shared/data", file));
        Assert.SkipUnless(File.Exists(path), $"The real data file {file} is not beside this checkout (../shared/data).");
        return path;
    }

    private static decimal Sum(IReadOnlyList<PlainBar> bars, int last, int count)
    {
        decimal sum = 0m;
        for (int i = last - count + 1; i <= last; i++) sum += bars[i].Close;
        return sum;
    }
}
