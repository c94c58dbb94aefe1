using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Volume profile of the last <c>period</c> bars: the price level with the most volume (point of control), and the value area around it that holds <c>share</c> of the volume. Ready with the <c>period</c>-th bar. Each update costs O(period + levels).</summary>
/// <remarks>
/// The range of the window is cut into <c>levels</c> of equal height; a bar's volume counts evenly over the levels that it touches, which no trade did.
/// The value area grows level by level to the side with more volume, upwards where both are equal. Where nothing was traded, each bar counts as 1.
/// </remarks>
[Indicator("volumeProfile", "Steidlmayer, Market Profile, 1984, on volume", Outputs = ["poc", "valueHigh", "valueLow"])]
public sealed class VolumeProfile : Indicator<Bar, VolumeProfile.State>
{
    private readonly Window _highs;
    private readonly Window _lows;
    private readonly Window _volumes;
    private readonly double _share;
    private readonly double[] _levels;

    public VolumeProfile([Range(1, 10_000)] int period = 100, [Range(2, 1_000)] int levels = 24, [Range(0.05, 1.0)] double share = 0.7, BarSource? bars = null)
        : base(bars, period, levels, share)
    {
        (_highs, _lows, _volumes) = (Own(new Window(period)), Own(new Window(period)), Own(new Window(period)));
        (_share, _levels) = (share, new double[levels]);
    }

    /// <summary>Upper end of the value area.</summary>
    public double ValueHigh => this[1];

    /// <summary>Lower end of the value area.</summary>
    public double ValueLow => this[2];

    protected override int OwnWarmUp => _volumes.Length;

    protected override State Advance(in State state, in Bar bar)
    {
        int count = Math.Min(state.Count + 1, _volumes.Length);
        if (count < _volumes.Length) return new(count, 0, 0, 0);
        (double high, double low) = (bar.High, bar.Low);
        bool isTraded = bar.Volume > 0;
        for (int age = 0; age < count - 1; age++)
        {
            (high, low) = (Math.Max(high, _highs[age]), Math.Min(low, _lows[age]));
            isTraded |= _volumes[age] > 0;
        }
        double height = (high - low) / _levels.Length;
        if (height <= 0) return new(count, low, low, low);
        // The levels are scratch: filled anew here, no part of the state.
        Array.Clear(_levels);
        Spread(bar.High, bar.Low, isTraded ? bar.Volume : 1, low, height);
        for (int age = 0; age < count - 1; age++) Spread(_highs[age], _lows[age], isTraded ? _volumes[age] : 1, low, height);
        (int poc, int first, int last) = ValueArea();
        return new(count, low + (poc + 0.5) * height, low + (last + 1) * height, low + first * height);
    }

    protected override double Read(in State state) => state.Count < _volumes.Length ? double.NaN : state.Poc;

    protected override double Read(in State state, int output) => output switch
    {
        0 => state.Poc,
        1 => state.ValueHigh,
        _ => state.ValueLow,
    };

    protected override void Remember(in State next, in Bar bar)
    {
        _highs.Push(bar.High);
        _lows.Push(bar.Low);
        _volumes.Push(bar.Volume);
    }

    private void Spread(double high, double low, double volume, double bottom, double height)
    {
        int first = LevelOf(low, bottom, height), last = LevelOf(high, bottom, height);
        for (int level = first; level <= last; level++) _levels[level] += volume / (last - first + 1);
    }

    private int LevelOf(double price, double bottom, double height) => Math.Clamp((int)((price - bottom) / height), 0, _levels.Length - 1);

    private (int Poc, int First, int Last) ValueArea()
    {
        int poc = 0;
        double total = 0;
        for (int level = 0; level < _levels.Length; level++)
        {
            total += _levels[level];
            if (_levels[level] > _levels[poc]) poc = level;
        }
        (int first, int last) = (poc, poc);
        double held = _levels[poc];
        while (held < _share * total && (first > 0 || last < _levels.Length - 1))
        {
            double above = last < _levels.Length - 1 ? _levels[last + 1] : -1, below = first > 0 ? _levels[first - 1] : -1;
            held += Math.Max(above, below);
            if (above >= below) last++;
            else first--;
        }
        return (poc, first, last);
    }

    public readonly record struct State(int Count, double Poc, double ValueHigh, double ValueLow);
}
