using System.Globalization;
using System.IO.Compression;

namespace Tradewind.App.Tests.Support;

/// <summary>The pairs rule over two files, calculated as plainly as possible and with nothing of the program: every mean, slope and deviation summed anew, fills at the next open, money in decimal.</summary>
internal sealed class PlainPairs
{
    private const int Patience = 2;

    private readonly Side _own;
    private readonly Side _other;
    private readonly int _lookback;
    private bool _waits;
    private int _broken;

    private PlainPairs(Side own, Side other, int lookback) => (_own, _other, _lookback) = (own, other, lookback);

    public decimal NetProfit => _own.NetProfit + _other.NetProfit;

    public decimal OwnProfit => _own.NetProfit;

    public decimal OtherProfit => _other.NetProfit;

    public int Fills => _own.Fills + _other.Fills;

    /// <summary>Largest fall of the sum of both, looked at once for each minute.</summary>
    public decimal MaxDrawdown { get; private set; }

    public static PlainPairs Run(IEnumerable<PlainMinute> own, decimal ownPointValue, IEnumerable<PlainMinute> other, decimal otherPointValue, int lookback)
    {
        var run = new PlainPairs(new(own, ownPointValue), new(other, otherPointValue), lookback);
        decimal peak = 0m;
        foreach (DateTimeOffset minute in run._own.Bars.Keys.Union(run._other.Bars.Keys).Order())
        {
            bool both = run._own.Take(minute) & run._other.Take(minute);
            peak = Math.Max(peak, run.NetProfit);
            run.MaxDrawdown = Math.Max(run.MaxDrawdown, peak - run.NetProfit);
            if (both) run.Decide();
        }
        return run;
    }

    public static IEnumerable<PlainMinute> Read(string path, DateTimeOffset from, DateTimeOffset to)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            DateTimeOffset start = DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture);
            if (start >= from && start < to) yield return new(start, decimal.Parse(cells[1], CultureInfo.InvariantCulture), decimal.Parse(cells[4], CultureInfo.InvariantCulture));
        }
    }

    private void Decide()
    {
        if (Measure() is not { } found) return;
        double distance = Math.Abs(found.Deviation);
        if (distance <= 0.5) _waits = false;
        _broken = _own.Held == 0m != (_other.Held == 0m) ? _broken + 1 : 0;
        if (_own.Held == 0m && _other.Held == 0m)
        {
            if (distance >= 2 && distance < 4 && !_waits) Enter(found.Deviation > 0 ? -1 : 1, found.Slope);
        }
        else if (_broken > Patience || distance >= 4)
        {
            _waits = true;
            _own.Wanted = _other.Wanted = 0m;
        }
        else if (distance <= 0.5 || (_own.Held != 0m && _own.Held > 0m == found.Deviation > 0))
        {
            _own.Wanted = _other.Wanted = 0m;
        }
    }

    private void Enter(int direction, double slope)
    {
        decimal units = Math.Round((decimal)(Math.Abs(slope) * (double)_own.PointValue / (double)_other.PointValue), MidpointRounding.AwayFromZero);
        if (units == 0m) return;
        _own.Wanted = direction;
        _other.Wanted = -direction * Math.Sign(slope) * units;
    }

    /// <summary>Slope of the own closes on the other's, and the last residual in standard deviations, over the last common minutes among twice as many of each.</summary>
    private (double Slope, double Deviation)? Measure()
    {
        Dictionary<DateTimeOffset, double> others = _other.Seen.TakeLast(2 * _lookback).ToDictionary(each => each.Start, each => (double)each.Close);
        (double Own, double Other)[] common = [.. _own.Seen.TakeLast(2 * _lookback).Where(each => others.ContainsKey(each.Start)).Select(each => ((double)each.Close, others[each.Start])).TakeLast(_lookback)];
        if (common.Length < _lookback) return null;
        double y = common.Average(each => each.Own), x = common.Average(each => each.Other);
        double slope = common.Sum(each => (each.Other - x) * (each.Own - y)) / common.Sum(each => (each.Other - x) * (each.Other - x));
        double[] residuals = [.. common.Select(each => each.Own - y - slope * (each.Other - x))];
        return (slope, residuals[^1] / Math.Sqrt(residuals.Sum(each => each * each) / _lookback));
    }

    /// <summary>One of the two: what is held, what is wished for, and the money so far.</summary>
    private sealed class Side(IEnumerable<PlainMinute> bars, decimal pointValue)
    {
        private decimal _money;

        public Dictionary<DateTimeOffset, PlainMinute> Bars { get; } = bars.ToDictionary(each => each.Start);

        public List<PlainMinute> Seen { get; } = [];

        public decimal PointValue => pointValue;

        public decimal Held { get; private set; }

        public decimal Wanted { get; set; }

        public int Fills { get; private set; }

        public decimal NetProfit => Seen.Count == 0 ? 0m : _money + Held * Seen[^1].Close * pointValue;

        /// <summary>What was wished for before is had at the open; false where there is no bar of that minute.</summary>
        public bool Take(DateTimeOffset minute)
        {
            if (!Bars.TryGetValue(minute, out PlainMinute bar)) return false;
            if (Wanted != Held)
            {
                _money -= (Wanted - Held) * bar.Open * pointValue;
                Held = Wanted;
                Fills++;
            }
            Seen.Add(bar);
            return true;
        }
    }
}

/// <summary>A minute as it stands in a file.</summary>
internal readonly record struct PlainMinute(DateTimeOffset Start, decimal Open, decimal Close);
