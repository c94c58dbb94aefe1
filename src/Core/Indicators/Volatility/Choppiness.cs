using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Choppiness index: 100·log(sum of true ranges / (highest high − lowest low)) / log(period); near 100 sideways, near 0 in a straight trend. Ready with bar <c>period + 1</c>.</summary>
/// <remarks>100 where the whole window is a single price. A gap into the window can lift it above 100.</remarks>
[Indicator("choppiness", "Dreiss, 1993")]
public sealed class Choppiness : Indicator<Bar, Choppiness.State>
{
    private readonly PriceChannel _channel;
    private readonly Window _ranges;

    public Choppiness([Range(2, 100_000)] int period = 14, BarSource? bars = null) : base(bars, period) =>
        (_channel, _ranges) = (Own(new PriceChannel(period)), Own(new Window(period)));

    protected override int OwnWarmUp => _ranges.Length + 1;

    protected override State Advance(in State state, in Bar bar)
    {
        Channel channel = _channel.After(in bar);
        if (state.Count == 0) return new(1, bar.Close, 0, default, channel);
        double range = TrueRange.Of(in bar, state.Close);
        return new(Math.Min(state.Count + 1, OwnWarmUp), bar.Close, range, state.Ranges.Slide(range, _ranges.Leaving), channel);
    }

    protected override double Read(in State state)
    {
        if (state.Count < OwnWarmUp) return double.NaN;
        double span = state.Channel.High - state.Channel.Low;
        return span > 0 ? 100 * Math.Log(state.Ranges.Total / span) / Math.Log(_ranges.Length) : 100;
    }

    protected override void Remember(in State next, in Bar bar)
    {
        _channel.Push(in bar);
        if (next.Count > 1) _ranges.Push(next.Range);
    }

    public readonly record struct State(int Count, double Close, double Range, CompensatedSum Ranges, Channel Channel);
}
