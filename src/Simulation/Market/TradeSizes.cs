namespace Tradewind.Simulation.Market;

/// <summary>Sizes of trades in contracts: most are 1, round lots stand out, and a thin tail reaches far.</summary>
/// <remarks>The tail falls with the power 1.6, near the 1.5 of Gopikrishnan et al., "Statistical properties of share volume traded in financial markets", Physical Review E 62 (2000).</remarks>
internal sealed class TradeSizes
{
    private const double TailStart = 3;
    private const int DrawnOneByOne = 12;

    /// <summary>Share of trades up to and including each size; the rest comes from the tail.</summary>
    private static readonly (double UpTo, int Size)[] Common =
    [
        (0.62, 1), (0.75, 2), (0.805, 3), (0.84, 4), (0.895, 5), (0.905, 6), (0.913, 8), (0.95, 10), (0.955, 15), (0.965, 20), (0.97, 25), (0.975, 50), (0.977, 100),
    ];

    private readonly int _largest;
    private readonly double _mean;
    private readonly double _deviation;

    /// <param name="largest">In contracts; larger ones are cut to it.</param>
    public TradeSizes(int largest)
    {
        _largest = largest;
        const int Points = 20_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < Points; i++)
        {
            double size = SizeAt((i + 0.5) / Points);
            sum += size;
            squares += size * size;
        }
        _mean = sum / Points;
        _deviation = Math.Sqrt(squares / Points - _mean * _mean);
    }

    public int Draw(ref SeededRandom chance) => SizeAt(chance.NextDouble());

    /// <summary>The sum of so many trades; of a crowd, by the normal law.</summary>
    public double DrawSum(int trades, ref SeededRandom chance)
    {
        if (trades > DrawnOneByOne) return Math.Max(trades, Math.Round(trades * _mean + Math.Sqrt(trades) * _deviation * chance.NextNormal()));
        double sum = 0;
        for (int i = 0; i < trades; i++) sum += Draw(ref chance);
        return sum;
    }

    /// <summary>The size below which so large a share of the common trades stays; the tail is spread over the last share.</summary>
    private int SizeAt(double share)
    {
        foreach ((double upTo, int size) in Common)
        {
            if (share < upTo) return Math.Min(size, _largest);
        }
        double tail = (1 - share) / (1 - Common[^1].UpTo);
        double root = Math.Sqrt(tail);
        double eighth = Math.Sqrt(Math.Sqrt(Math.Sqrt(tail)));
        return (int)Math.Min(TailStart / (root * eighth), _largest);
    }
}
