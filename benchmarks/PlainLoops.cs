using Tradewind.Core.Model;

namespace Tradewind.Benchmarks;

/// <summary>The same work by hand, as plain and as fast as a programmer would write it for this one case: what the engine's overhead is measured against.</summary>
internal static class PlainLoops
{
    /// <summary>SMA 10/30 cross over bars, fills at the next open, commission 1, equity and drawdown marked at each bar.</summary>
    public static Outcome Bars(Bar[] bars)
    {
        double fast = 0, slow = 0, cash = 100_000, peak = 100_000, maxDrawdown = 0;
        int position = 0, want = 0, fills = 0;
        for (int i = 0; i < bars.Length; i++)
        {
            ref readonly Bar bar = ref bars[i];
            if (want != position)
            {
                cash -= (want - position) * bar.Open + 1;
                position = want;
                fills++;
            }
            fast += bar.Close;
            slow += bar.Close;
            if (i >= 10) fast -= bars[i - 10].Close;
            if (i >= 30) slow -= bars[i - 30].Close;
            if (i >= 29) want = fast * 3 > slow ? 1 : 0;
            double equity = cash + position * bar.Close;
            if (equity > peak) peak = equity;
            if (peak - equity > maxDrawdown) maxDrawdown = peak - equity;
        }
        return new(bars.Length, fills, cash + position * bars[^1].Close - 100_000, maxDrawdown);
    }

    /// <summary>Trades to 1 s bars, SMA 10, SMA 30, RSI 14; an order fills at the next trade; equity and drawdown marked at each trade.</summary>
    public static Outcome Trades(Trade[] trades)
    {
        double cash = 100_000, peak = 100_000, maxDrawdown = 0, close = 0;
        double fast = 0, slow = 0, last = 0, gain = 0, loss = 0;
        double[] closes = new double[32];
        long second = long.MinValue, bars = 0;
        int position = 0, want = 0, fills = 0;
        foreach (ref readonly Trade trade in trades.AsSpan())
        {
            if (want != position)
            {
                cash -= (want - position) * trade.Price + 1;
                position = want;
                fills++;
            }
            long current = trade.Time.Nanoseconds / Timestamp.NanosecondsPerSecond;
            if (current != second)
            {
                if (second != long.MinValue)
                {
                    fast += close - closes[(bars - 10) & 31];
                    slow += close - closes[(bars - 30) & 31];
                    closes[bars & 31] = close;
                    double change = close - last;
                    last = close;
                    if (bars > 0)
                    {
                        double weight = bars <= 14 ? 1.0 / bars : 1.0 / 14;
                        gain += weight * (Math.Max(change, 0) - gain);
                        loss += weight * (Math.Max(-change, 0) - loss);
                    }
                    bars++;
                    if (bars >= 30)
                    {
                        double rsi = 100 * gain / (gain + loss);
                        if (fast * 3 > slow && rsi < 70) want = 1;
                        else if (fast * 3 < slow || rsi > 85) want = 0;
                    }
                }
                second = current;
            }
            close = trade.Price;
            double equity = cash + position * trade.Price;
            if (equity > peak) peak = equity;
            if (peak - equity > maxDrawdown) maxDrawdown = peak - equity;
        }
        return new(bars, fills, cash + position * close - 100_000, maxDrawdown);
    }
}

/// <summary>What a run came to; equal for the engine and the plain loop, or the comparison is worth nothing.</summary>
internal readonly record struct Outcome(long Bars, long Fills, double Profit, double MaxDrawdown);
