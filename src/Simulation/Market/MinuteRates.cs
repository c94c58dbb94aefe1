using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>How busy, wide and deep one contract trades in a given minute.</summary>
/// <param name="eventsPerSecond">Average over the regular hours.</param>
internal sealed class MinuteRates(InstrumentProfile profile, InstrumentGrid grid, double eventsPerSecond, MinutePath minutes)
{
    /// <summary>Share of trades among trades and quotes.</summary>
    public const double TradesPerEvent = 0.31;

    /// <summary>How activity answers to nervousness, as a power.</summary>
    private const double ActivityPower = 0.75;

    /// <summary>Variance of log nervousness: the day's two parts and the minutes' two parts.</summary>
    private const double NervousnessVariance = 2 * 0.22 * 0.22 + 2 * 0.30 * 0.30;

    /// <summary>How much busier the minute of a jump is.</summary>
    private const double JumpRush = 3;

    /// <summary>Ticks of spread for each squared tick that the price moves from trade to trade: who quotes wants to be paid for the risk.</summary>
    private const double SpreadForRisk = 0.35;
    private const double WidestMean = 6;

    /// <summary>Scales the mean of the answer to 1: the mean of exp(p(x - v)) for a normal x of mean 0 and variance v.</summary>
    private static readonly double ActivityMean = BitExact.Exp(-ActivityPower * NervousnessVariance + 0.5 * ActivityPower * ActivityPower * NervousnessVariance);

    /// <summary>Trades and quotes expected.</summary>
    public double EventsPerSecond(Timestamp minute)
    {
        MinuteState state = minutes[profile.Underlying, minute];
        double rush = state.Jump == 0 ? 1 : JumpRush;
        return eventsPerSecond * rush * minutes.UsualActivity(profile.Underlying, minute) * BitExact.Exp(ActivityPower * BitExact.Log(state.Nervousness)) / ActivityMean;
    }

    /// <summary>Mean spread beyond one tick, in ticks: wider when the price moves far from trade to trade and when few are there.</summary>
    public double ExtraSpread(Timestamp minute)
    {
        MinuteState state = minutes[profile.Underlying, minute];
        double move = state.Volatility * profile.Underlying.Anchor * BitExact.Exp(state.From) * grid.TicksPerPoint;
        double risk = move * move / (60 * TradesPerEvent * EventsPerSecond(minute));
        double jump = state.Jump == 0 ? 1 : JumpRush;
        double thin = profile.ExtraSpread * jump / Math.Sqrt(minutes.UsualActivity(profile.Underlying, minute));
        return Math.Min(thin + SpreadForRisk * risk, WidestMean);
    }

    /// <summary>Mean contracts at the touch: fewer at night and when the price moves fast.</summary>
    public double TouchSize(Timestamp minute)
    {
        double busy = Math.Sqrt(minutes.UsualActivity(profile.Underlying, minute));
        return profile.TouchSize * Math.Min(busy, 1.2) / Math.Sqrt(minutes[profile.Underlying, minute].Nervousness);
    }
}
