using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Chande–Kroll stop: for a long position the highest of the last <c>smooth</c> values of highest high − <c>multiplier</c>·ATR, for a short one the lowest of lowest low + <c>multiplier</c>·ATR. Ready with bar <c>period + smooth</c>.</summary>
/// <remarks>Some charts name the two lines the other way round; here each has the name of the position that it protects.</remarks>
[Indicator("chandeKroll", "Chande and Kroll, The New Technical Trader, 1994", Outputs = ["longStop", "shortStop"])]
public sealed class ChandeKrollStop : Indicator<Bar, ChandeKrollStop.State>
{
    private readonly double _weight;
    private readonly double _multiplier;
    private readonly int _smooth;
    private readonly PriceChannel _channel;
    private readonly Extremes _longs;
    private readonly Extremes _shorts;

    public ChandeKrollStop([Range(1, 100_000)] int period = 10, [Range(0.0, 100.0)] double multiplier = 1, [Range(1, 100_000)] int smooth = 9, BarSource? bars = null)
        : base(bars, period, multiplier, smooth)
    {
        (_weight, _multiplier, _smooth) = (1.0 / period, multiplier, smooth);
        _channel = Own(new PriceChannel(period));
        _longs = Own(Extremes.Highest(smooth));
        _shorts = Own(Extremes.Lowest(smooth));
    }

    public double LongStop => Value;

    public double ShortStop => this[1];

    protected override int OwnWarmUp => _channel.Length + _smooth;

    protected override State Advance(in State state, in Bar bar)
    {
        Atr.State atr = Atr.Advance(state.Atr, in bar, _channel.Length, _weight);
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        if (count <= _channel.Length) return new(count, atr, 0, 0, 0, 0);
        Channel channel = _channel.After(in bar);
        double longStop = channel.High - _multiplier * atr.Range, shortStop = channel.Low + _multiplier * atr.Range;
        return new(count, atr, longStop, shortStop, _longs.After(longStop), _shorts.After(shortStop));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.LongStop;

    protected override double Read(in State state, int output) => output == 0 ? state.LongStop : state.ShortStop;

    protected override void Remember(in State next, in Bar bar)
    {
        _channel.Push(in bar);
        if (next.Count <= _channel.Length) return;
        _longs.Push(next.FirstLong);
        _shorts.Push(next.FirstShort);
    }

    public readonly record struct State(int Count, Atr.State Atr, double FirstLong, double FirstShort, double LongStop, double ShortStop);
}
