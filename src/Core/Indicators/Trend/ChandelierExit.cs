using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Chandelier exit: highest high − <c>multiplier</c>·ATR as the stop of a long position, lowest low + <c>multiplier</c>·ATR of a short one. Ready with bar <c>period + 1</c>.</summary>
[Indicator("chandelier", "Le Beau, in Elder, Come into My Trading Room, 2002", Outputs = ["longStop", "shortStop"])]
public sealed class ChandelierExit : Indicator<Bar, ChandelierExit.State>
{
    private readonly double _weight;
    private readonly double _multiplier;
    private readonly PriceChannel _channel;

    public ChandelierExit([Range(1, 100_000)] int period = 22, [Range(0.0, 100.0)] double multiplier = 3, BarSource? bars = null) : base(bars, period, multiplier)
    {
        (_weight, _multiplier) = (1.0 / period, multiplier);
        _channel = Own(new PriceChannel(period));
    }

    public double LongStop => Value;

    public double ShortStop => this[1];

    protected override int OwnWarmUp => _channel.Length + 1;

    protected override State Advance(in State state, in Bar bar) => new(Atr.Advance(state.Atr, in bar, _channel.Length, _weight), _channel.After(in bar));

    protected override double Read(in State state) => state.Atr.Count <= _channel.Length ? double.NaN : state.Channel.High - _multiplier * state.Atr.Range;

    protected override double Read(in State state, int output) => output == 0 ? Read(in state) : state.Channel.Low + _multiplier * state.Atr.Range;

    protected override void Remember(in State next, in Bar bar) => _channel.Push(in bar);

    public readonly record struct State(Atr.State Atr, Channel Channel);
}
