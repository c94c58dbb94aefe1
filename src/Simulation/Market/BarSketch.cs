using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>What a bar is drawn from when its trades are not: prices in ticks without grid, the rest as expected values.</summary>
/// <param name="From">Price at the start.</param>
/// <param name="To">Price at the end.</param>
/// <param name="Volatility">Standard deviation of the change over the bar, in ticks.</param>
/// <param name="Trades">Expected number of trades.</param>
/// <param name="ExtraSpread">Mean spread beyond one tick, in ticks.</param>
internal readonly record struct BarSketch(double From, double To, double Volatility, double Trades, double ExtraSpread)
{
    /// <summary>Variance of the number of trades over its mean: clusters of <see cref="Arrivals"/>, of which every second event is a trade.</summary>
    private const double TradeDispersion = 6.0;

    /// <summary>How many clusters there are for each trade; a minute without any has no trade.</summary>
    private const double ClustersPerTrade = 0.6;

    /// <summary>Trades come in clusters, in which the price hardly moves.</summary>
    private const double LooksPerTrade = 0.45;

    /// <summary>How far the highest of n looks at a random walk stays below its true maximum, in steps' deviations (Broadie, Glasserman and Kou, 1997).</summary>
    private const double DiscreteShortfall = 0.5826;

    /// <summary>A bar with the statistics of one built from trades; false when nobody traded.</summary>
    public bool TryDraw(InstrumentGrid grid, TradeSizes sizes, Timestamp start, Timestamp end, ref SeededRandom chance, out Bar bar)
    {
        if (chance.NextDouble() < BitExact.Exp(-ClustersPerTrade * Trades))
        {
            bar = default;
            return false;
        }
        int trades = (int)Math.Max(1, Math.Round(Trades + Math.Sqrt(TradeDispersion * Trades) * chance.NextNormal()));
        double looks = 1 + LooksPerTrade * (trades - 1);
        double first = PriceAt(1 / (looks + 1), ref chance);
        double last = trades == 1 ? first : PriceAt(looks / (looks + 1), ref chance);
        long open = Print(first, ref chance);
        long close = trades == 1 ? open : Print(last, ref chance);
        long high = Math.Max(open, close);
        long low = Math.Min(open, close);
        if (trades > 2)
        {
            double step = Volatility / Math.Sqrt(looks);
            high = Math.Max(high, Print(Extreme(first, last, 1, step, ref chance), ref chance));
            low = Math.Min(low, Print(Extreme(first, last, -1, step, ref chance), ref chance));
        }
        bar = new(start, end, grid.Price(open), grid.Price(high), grid.Price(low), grid.Price(close), sizes.DrawSum(trades, ref chance));
        return true;
    }

    /// <summary>A point of the Brownian bridge, <paramref name="share"/> of the way.</summary>
    private double PriceAt(double share, ref SeededRandom chance) =>
        From + share * (To - From) + Volatility * Math.Sqrt(share * (1 - share)) * chance.NextNormal();

    /// <summary>The highest (+1) or lowest (-1) point between two, from the law of the Brownian bridge's maximum, less what trades miss of it.</summary>
    private double Extreme(double first, double last, int direction, double step, ref SeededRandom chance)
    {
        double move = last - first;
        double reach = 0.5 * (direction * (first + last) + Math.Sqrt(move * move + 2 * Volatility * Volatility * chance.NextExponential()));
        double inner = Math.Max(direction * first, direction * last);
        return direction * Math.Max(inner, reach - DiscreteShortfall * step);
    }

    /// <summary>The tick at which a trade prints: the bid or the ask around the price, each the likelier the nearer.</summary>
    private long Print(double price, ref SeededRandom chance)
    {
        (long bid, long ask) = Touch.Around(price, ExtraSpread, ref chance);
        return chance.NextDouble() * (ask - bid) < price - bid ? ask : bid;
    }
}
