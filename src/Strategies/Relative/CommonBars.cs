using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Strategies.Relative;

/// <summary>The latest closes of two instruments, matched by the end of their bars in whatever order they come: one after the other live, one whole history and then the other at a start.</summary>
internal sealed class CommonBars : ISnapshot
{
    private readonly int _wanted;
    private readonly double[] _ownMatched;
    private readonly double[] _otherMatched;
    private readonly Tail _own;
    private readonly Tail _other;

    /// <param name="wanted">Common bars that a measure takes. Twice as many are kept of each, for bars that only one has.</param>
    public CommonBars(int wanted)
    {
        _wanted = wanted;
        (_own, _other) = (new(2 * wanted), new(2 * wanted));
        (_ownMatched, _otherMatched) = (new double[wanted], new double[wanted]);
    }

    /// <summary>Both have a bar that ends at the latest end of either.</summary>
    public bool IsLevel => _own.Count > 0 && _other.Count > 0 && _own.EndOf(0) == _other.EndOf(0);

    public void AddOwn(in Bar bar) => _own.Add(in bar);

    public void AddOther(in Bar bar) => _other.Add(in bar);

    /// <summary>How far the spread of the latest common bar is from its mean, in standard deviations of the population.</summary>
    /// <param name="fixedRatio">0 takes the slope of the regression of the own closes on the other's.</param>
    /// <returns>False while there are too few common bars, or where nothing moved.</returns>
    public bool TryMeasure(double fixedRatio, out double ratio, out double deviation)
    {
        (ratio, deviation) = (fixedRatio, 0);
        if (!Match()) return false;
        (double ownMean, double otherMean) = (_ownMatched.Average(), _otherMatched.Average());
        double products = 0, squares = 0;
        for (int i = 0; i < _wanted; i++)
        {
            double x = _otherMatched[i] - otherMean;
            products += x * (_ownMatched[i] - ownMean);
            squares += x * x;
        }
        if (ratio == 0)
        {
            if (squares <= 0) return false;
            ratio = products / squares;
        }
        double sum = 0;
        for (int i = 0; i < _wanted; i++) sum += Math.Pow(Residual(i, ratio, ownMean, otherMean), 2);
        double spread = Math.Sqrt(sum / _wanted);
        if (!(spread > 0) || ratio == 0) return false;
        deviation = Residual(0, ratio, ownMean, otherMean) / spread;
        return true;
    }

    public void Sync(Snapshot stream)
    {
        _own.Sync(stream);
        _other.Sync(stream);
    }

    private double Residual(int age, double ratio, double ownMean, double otherMean) => _ownMatched[age] - ownMean - ratio * (_otherMatched[age] - otherMean);

    /// <summary>Fills the matched closes from the latest backwards.</summary>
    private bool Match()
    {
        int found = 0;
        for (int i = 0, k = 0; i < _own.Count && k < _other.Count && found < _wanted;)
        {
            long own = _own.EndOf(i), other = _other.EndOf(k);
            if (own == other)
            {
                _ownMatched[found] = _own.CloseOf(i);
                _otherMatched[found++] = _other.CloseOf(k);
            }
            if (own >= other) i++;
            if (other >= own) k++;
        }
        return found == _wanted;
    }

    /// <summary>The latest bars of one instrument in a ring.</summary>
    private sealed class Tail(int length) : ISnapshot
    {
        private readonly long[] _ends = new long[length];
        private readonly double[] _closes = new double[length];
        private int _next;
        private int _count;

        public int Count => _count;

        public long EndOf(int age) => _ends[Place(age)];

        public double CloseOf(int age) => _closes[Place(age)];

        public void Add(in Bar bar)
        {
            (_ends[_next], _closes[_next]) = (bar.End.Nanoseconds, bar.Close);
            _next = (_next + 1) % _ends.Length;
            if (_count < _ends.Length) _count++;
        }

        public void Sync(Snapshot stream)
        {
            stream.Sync(_ends.AsSpan());
            stream.Sync(_closes.AsSpan());
            stream.Sync(ref _next);
            stream.Sync(ref _count);
        }

        private int Place(int age) => (_next - 1 - age + 2 * _ends.Length) % _ends.Length;
    }
}
