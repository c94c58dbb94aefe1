using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Donchian channel: highest high and lowest low of the last <c>period</c> bars, this one included, and their middle. Ready with the <c>period</c>-th. <see cref="Indicator.Value"/> is the middle.</summary>
/// <remarks>As this bar is included, no close can stand above the upper line: a breakout compares the close with the line of the bar before.</remarks>
[Indicator("donchian", "Donchian; TA-Lib MAX of the highs and MIN of the lows", Outputs = ["upper", "middle", "lower"], Main = "middle")]
public sealed class Donchian : Indicator<Bar, Donchian.State>
{
    private readonly PriceChannel _channel;

    public Donchian([Range(1, 100_000)] int period = 20, BarSource? bars = null) : base(bars, period) => _channel = Own(new PriceChannel(period));

    public double Upper => this[0];

    public double Middle => Value;

    public double Lower => this[2];

    protected override int OwnWarmUp => _channel.Length;

    protected override State Advance(in State state, in Bar bar) => new(Math.Min(state.Count + 1, _channel.Length), _channel.After(in bar));

    protected override double Read(in State state) => state.Count < _channel.Length ? double.NaN : state.Channel.Middle;

    protected override double Read(in State state, int output) => output switch
    {
        0 => state.Channel.High,
        1 => state.Channel.Middle,
        _ => state.Channel.Low,
    };

    protected override void Remember(in State next, in Bar bar) => _channel.Push(in bar);

    public readonly record struct State(int Count, Channel Channel);
}
