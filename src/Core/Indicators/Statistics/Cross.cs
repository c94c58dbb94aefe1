namespace Tradewind.Core.Indicators;

/// <summary>Crossing of two series: 1 on the input with which the first comes to stand above the second, −1 with which it comes to stand below, otherwise 0. Ready with the first pair, at 0.</summary>
/// <remarks>Touching is no crossing: being equal for a while and going back to the same side gives 0.</remarks>
[Indicator("cross", "sign change of the difference")]
public sealed class Cross : Indicator<Pair, Cross.State>
{
    public Cross(Source? first = null, Source? second = null) : base(first, second)
    {
    }

    protected override int OwnWarmUp => 1;

    protected override State Advance(in State state, in Pair input) => state.After(input.First - input.Second);

    protected override double Read(in State state) => state.Crossing;

    /// <param name="Side">Where the first stood when they last differed: 1 above, −1 below, 0 before.</param>
    /// <param name="Crossing">1, −1 or 0.</param>
    public readonly record struct State(int Side, int Crossing)
    {
        /// <summary>The state once the difference of the two was seen.</summary>
        public State After(double difference)
        {
            int side = difference == 0 ? Side : Math.Sign(difference);
            return new(side, Side != 0 && side != Side ? side : 0);
        }
    }
}
