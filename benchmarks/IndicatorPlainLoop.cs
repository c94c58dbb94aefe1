using Tradewind.Core.Model;

namespace Tradewind.Benchmarks;

/// <summary>The nine indicators of the benchmark as a programmer would write them for this one case: plain sums, no preview, no snapshot, no care for drift.</summary>
internal static class IndicatorPlainLoop
{
    /// <summary>The sum of the main values of all nine over all bars.</summary>
    public static double Nine(Bar[] bars)
    {
        double total = 0, sum = 0, squares = 0, ema = 0, fast = 0, slow = 0, signal = 0, fastSum = 0, slowSum = 0, signalSum = 0, emaSum = 0;
        double rise = 0, fall = 0, atr = 0, rsum = 0;
        double[] raw = new double[3], slowK = new double[3];
        Sar sar = default;
        Dm dm = default;
        for (int i = 0; i < bars.Length; i++)
        {
            ref readonly Bar bar = ref bars[i];
            double x = bar.Close, last = i > 0 ? bars[i - 1].Close : x;
            sum += x;
            squares += x * x;
            if (i >= 20)
            {
                double old = bars[i - 20].Close;
                sum -= old;
                squares -= old * old;
            }
            // The bands are computed, as the library computes them; the middle is what both sum up.
            double variance = squares / 20 - sum / 20 * (sum / 20), reach = 2 * Math.Sqrt(Math.Max(variance, 0));
            if (i >= 19) total += sum / 20 + (sum / 20 + reach - reach);
            ema = Seeded(ema, ref emaSum, x, i, 20);
            if (i >= 19) total += ema;
            fast = Seeded(fast, ref fastSum, x, i, 12);
            slow = Seeded(slow, ref slowSum, x, i, 26);
            if (i >= 25) signal = Seeded(signal, ref signalSum, fast - slow, i - 25, 9);
            if (i >= 33) total += fast - slow;
            if (i > 0)
            {
                double change = x - last, weight = i <= 14 ? 1.0 / i : 1.0 / 14;
                rise += weight * (Math.Max(change, 0) - rise);
                fall += weight * (Math.Max(-change, 0) - fall);
                double range = Math.Max(bar.High, last) - Math.Min(bar.Low, last);
                atr += weight * (range - atr);
                total += sar.Step(in bar, in bars[i - 1], i) + dm.Step(in bar, in bars[i - 1], range, i);
            }
            if (i >= 14) total += 100 * rise / (rise + fall) + atr;
            if (i >= 13) total += Stochastic(bars, i, raw, slowK, ref rsum);
        }
        return total;
    }

    private static double Seeded(double average, ref double seed, double x, int i, int n)
    {
        if (i >= n) return average + 2.0 / (n + 1) * (x - average);
        seed += x;
        return seed / Math.Min(i + 1, n);
    }

    private static double Stochastic(Bar[] bars, int i, double[] raw, double[] slowK, ref double sum)
    {
        double high = double.MinValue, low = double.MaxValue;
        foreach (ref readonly Bar bar in bars.AsSpan(i - 13, 14))
        {
            high = Math.Max(high, bar.High);
            low = Math.Min(low, bar.Low);
        }
        double k = high == low ? 50 : 100 * (bars[i].Close - low) / (high - low);
        sum += k - raw[i % 3];
        raw[i % 3] = k;
        slowK[i % 3] = sum / 3;
        return i >= 17 ? sum / 3 : 0;
    }

    private struct Sar
    {
        private bool _isUp;
        private double _next;
        private double _extreme;
        private double _speed;

        public double Step(in Bar bar, in Bar before, int i)
        {
            if (i == 1)
            {
                double up = bar.High - before.High, down = before.Low - bar.Low;
                _isUp = !(down > 0 && down > up);
                (_next, _extreme, _speed) = (_isUp ? before.Low : before.High, _isUp ? bar.High : bar.Low, 0.02);
            }
            double highest = i == 1 ? bar.High : Math.Max(bar.High, before.High), lowest = i == 1 ? bar.Low : Math.Min(bar.Low, before.Low), sar = _next;
            if (_isUp ? bar.Low <= _next : bar.High >= _next)
            {
                _isUp = !_isUp;
                sar = _isUp ? Math.Min(_extreme, lowest) : Math.Max(_extreme, highest);
                (_extreme, _speed) = (_isUp ? bar.High : bar.Low, 0.02);
            }
            else if (_isUp ? bar.High > _extreme : bar.Low < _extreme)
            {
                (_extreme, _speed) = (_isUp ? bar.High : bar.Low, Math.Min(_speed + 0.02, 0.2));
            }
            double next = sar + _speed * (_extreme - sar);
            _next = _isUp ? Math.Min(next, lowest) : Math.Max(next, highest);
            return sar;
        }
    }

    private struct Dm
    {
        private double _plus;
        private double _minus;
        private double _range;
        private double _adx;

        public double Step(in Bar bar, in Bar before, double range, int i)
        {
            double up = bar.High - before.High, down = before.Low - bar.Low;
            double plus = up > down && up > 0 ? up : 0, minus = down > up && down > 0 ? down : 0, keep = i < 14 ? 1 : 13.0 / 14;
            _plus = _plus * keep + plus;
            _minus = _minus * keep + minus;
            _range = _range * keep + range;
            if (i < 14) return 0;
            double index = _plus + _minus == 0 ? _adx : 100 * Math.Abs(_plus - _minus) / (_plus + _minus);
            _adx += (i < 28 ? index : index - _adx) / 14;
            return i >= 27 ? _adx : 0;
        }
    }
}
