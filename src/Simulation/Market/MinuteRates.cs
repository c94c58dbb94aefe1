using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>How busy, wide and deep one contract trades in a given minute.</summary>
/// <param name="eventsPerSecond">Average over the regular hours.</param>
internal sealed class MinuteRates(InstrumentProfile profile, double eventsPerSecond, MinutePath minutes)
{
    /// <summary>Variance of log nervousness, from <see cref="MinutePath"/>.</summary>
    private const double NervousnessVariance = 0.18;

    /// <summary>How activity answers to nervousness, as a power.</summary>
    private const double ActivityPower = 0.75;

    /// <summary>Scales the mean of the answer to 1: the mean of exp(p(x - v)) for a normal x of mean 0 and variance v.</summary>
    private static readonly double ActivityMean = BitExact.Exp(-ActivityPower * NervousnessVariance + 0.5 * ActivityPower * ActivityPower * NervousnessVariance);

    /// <summary>Trades and quotes expected.</summary>
    public double EventsPerSecond(Timestamp minute)
    {
        double nervousness = minutes[profile.Underlying, minute].Nervousness;
        return eventsPerSecond * minutes.UsualActivity(profile.Underlying, minute) * BitExact.Exp(ActivityPower * BitExact.Log(nervousness)) / ActivityMean;
    }

    /// <summary>Mean spread beyond one tick, in ticks: wider when the price moves fast and when few are there.</summary>
    public double ExtraSpread(Timestamp minute)
    {
        MinuteState state = minutes[profile.Underlying, minute];
        double haste = minutes.UsualVolatility(profile.Underlying, minute) * state.Nervousness;
        double jump = state.Jump == 0 ? 1 : 3;
        return profile.ExtraSpread * jump * haste / Math.Sqrt(minutes.UsualActivity(profile.Underlying, minute));
    }

    /// <summary>Mean contracts at the touch: fewer at night and when the price moves fast.</summary>
    public double TouchSize(Timestamp minute)
    {
        double busy = Math.Sqrt(minutes.UsualActivity(profile.Underlying, minute));
        return profile.TouchSize * Math.Min(busy, 1.2) / Math.Sqrt(minutes[profile.Underlying, minute].Nervousness);
    }
}
