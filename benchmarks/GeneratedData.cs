using Tradewind.Core.Model;

namespace Tradewind.Benchmarks;

/// <summary>The benchmark's data: 1,000,000 one-minute bars and 10,000,000 trades, made by the same recipe everywhere (SplitMix64, seed 20260101).</summary>
internal static class GeneratedData
{
    private const int BarCount = 1_000_000;
    private const int TradeCount = 10_000_000;
    private const long Base = 500_000_000;

    private static readonly DateTime Start = new(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Bars and trades come from one sequence of numbers, the bars first.</summary>
    public static (Bar[] Bars, Trade[] Trades) Make()
    {
        var chance = new Sequence(20260101);
        return (MakeBars(chance), MakeTrades(chance));
    }

    private static Bar[] MakeBars(Sequence chance)
    {
        var bars = new Bar[BarCount];
        long close = Base, drift = 0;
        for (int i = 0; i < bars.Length; i++)
        {
            if (i % 240 == 0) drift = chance.Uniform(-4000, 4000);
            long open = close + chance.Normal(5000), x = open, high = open, low = open;
            for (int k = 0; k < 4; k++)
            {
                x += chance.Normal(25_000) + drift / 4 - (x - Base) / 40_000;
                high = Math.Max(high, x);
                low = Math.Min(low, x);
            }
            close = x;
            high += Math.Abs(chance.Normal(4000));
            low -= Math.Abs(chance.Normal(4000));
            long volume = 50 + chance.Uniform(0, 950);
            Timestamp start = Timestamp.From(new DateTimeOffset(Start.AddMinutes(i)));
            bars[i] = new(start, start + TimeSpan.FromMinutes(1), open / 100000.0, high / 100000.0, low / 100000.0, close / 100000.0, volume);
        }
        return bars;
    }

    private static Trade[] MakeTrades(Sequence chance)
    {
        var trades = new Trade[TradeCount];
        long time = Timestamp.From(new DateTimeOffset(Start)).Nanoseconds, price = 20_000;
        for (int i = 0; i < trades.Length; i++)
        {
            time += chance.Uniform(1_000_000, 199_000_000);
            long r = chance.Uniform(0, 9);
            int side = chance.NextIsEven() ? 1 : -1;
            if (r < 4)
            {
                price += side;
                if (chance.Uniform(0, 20_000) < Math.Abs(price - 20_000)) price -= Math.Sign(price - 20_000);
            }
            long size = chance.Uniform(1, 10);
            trades[i] = new(new(time), price * 0.25, size, side > 0 ? Aggressor.Buyer : Aggressor.Seller);
        }
        return trades;
    }

    private sealed class Sequence(ulong state)
    {
        private ulong _state = state;

        public long Uniform(long low, long high) => low + (long)(Next() % (ulong)(high - low + 1));

        public bool NextIsEven() => (Next() & 1) == 0;

        /// <summary>A sum of twelve uniform numbers with this standard deviation.</summary>
        public long Normal(long scale)
        {
            long sum = 0;
            for (int i = 0; i < 12; i++) sum += Uniform(-1000, 1000);
            return sum * scale / 2000;
        }

        private ulong Next()
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
