using Tradewind.Core.Model;

namespace Tradewind.Storage.Tests.Support;

/// <summary>Random market data whose numbers use all bits of a double.</summary>
internal static class MarketDataMaker
{
    private static readonly Timestamp Origin = Timestamp.FromUtc(2020, 2, 28, 23, 50);

    public static Bar[] Bars(Random random, int count)
    {
        var bars = new Bar[count];
        long start = Origin.Nanoseconds;
        for (int i = 0; i < count; i++)
        {
            start += Timestamp.NanosecondsPerMinute * (random.Next(30) == 0 ? random.Next(1, 4000) : 1);
            bars[i] = Bar(random, start, start + Timestamp.NanosecondsPerMinute);
        }
        return bars;
    }

    /// <summary>Bars whose ends do not follow from a timeframe, as bars of a number of trades have them.</summary>
    public static Bar[] UnevenBars(Random random, int count)
    {
        var bars = new Bar[count];
        long start = Origin.Nanoseconds;
        for (int i = 0; i < count; i++)
        {
            long end = start + random.NextInt64(1, 100 * Timestamp.NanosecondsPerSecond);
            bars[i] = Bar(random, start, end);
            start = end + random.NextInt64(0, Timestamp.NanosecondsPerSecond);
        }
        return bars;
    }

    public static Trade[] Trades(Random random, int count)
    {
        var trades = new Trade[count];
        long time = Origin.Nanoseconds;
        for (int i = 0; i < count; i++)
        {
            time += random.Next(3) == 0 ? 0 : random.NextInt64(Timestamp.NanosecondsPerSecond);
            trades[i] = new(new(time), Price(random), random.Next(4) == 0 ? random.NextDouble() : random.Next(100), (Aggressor)random.Next(3));
        }
        return trades;
    }

    public static Quote[] Quotes(Random random, int count)
    {
        var quotes = new Quote[count];
        long time = Origin.Nanoseconds;
        for (int i = 0; i < count; i++)
        {
            time += random.Next(3) == 0 ? 0 : random.NextInt64(Timestamp.NanosecondsPerSecond);
            quotes[i] = new(new(time), Price(random), Price(random), random.Next(100), random.NextDouble() * 1e6);
        }
        return quotes;
    }

    private static Bar Bar(Random random, long start, long end)
    {
        double[] prices = [Price(random), Price(random), Price(random), Price(random)];
        Array.Sort(prices);
        return new(new(start), new(end), prices[1], prices[3], prices[0], prices[2], random.Next(5) == 0 ? random.NextDouble() * 1e9 : random.Next(10_000));
    }

    private static double Price(Random random) => random.Next(3) switch
    {
        0 => random.Next(1, 100_000) / 4.0,
        1 => random.Next(1, 1_000_000) / 100.0,
        _ => (random.NextDouble() + 1e-9) * Math.Pow(10, random.Next(-8, 8)),
    };
}
