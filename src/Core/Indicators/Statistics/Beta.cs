using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Beta: covariance of the returns of an asset (first) and the market (second) over the variance of the market's, over <c>period</c> returns. Ready with pair <c>period + 1</c>.</summary>
/// <remarks>0 where the market does not vary; a return from 0 counts as 0. TA-Lib's code takes the market first.</remarks>
[Indicator("beta", "TA-Lib BETA with the order of its arguments reversed")]
public sealed class Beta : Indicator<Pair, Beta.State>
{
    private readonly Window _asset;
    private readonly Window _market;

    public Beta([Range(2, 100_000)] int period = 30, Source? asset = null, Source? market = null) : base(asset, market, period) =>
        (_asset, _market) = (Own(new Window(period)), Own(new Window(period)));

    protected override int OwnWarmUp => _asset.Length + 1;

    protected override State Advance(in State state, in Pair input)
    {
        if (state.Count == 0) return new(1, input, default, default);
        var returns = new Pair(Roc.Percent(state.Last.First, input.First) / 100, Roc.Percent(state.Last.Second, input.Second) / 100);
        return new(Math.Min(state.Count + 1, OwnWarmUp), input, returns, state.Moments.After(_asset, _market, returns.First, returns.Second));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Moments.Y.Squares <= 0 ? 0 : state.Moments.Products / state.Moments.Y.Squares;

    protected override void Remember(in State next, in Pair input)
    {
        if (next.Count == 1) return;
        _asset.Push(next.Returns.First);
        _market.Push(next.Returns.Second);
    }

    public readonly record struct State(int Count, Pair Last, Pair Returns, CoMoments Moments);
}
