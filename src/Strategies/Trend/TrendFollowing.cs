using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Trend;

/// <summary>Buys a new highest close in an up trend and lets it run until the price falls a few average true ranges from its best close.</summary>
/// <remarks>
/// <para>Source: the core strategy of Clenow, Following the Trend, 2013: a filter of two averages, a breakout of closes, an exit by the average true range.</para>
/// <para>Enters: at the market, flat, on a close above all closes of the bars before while the fast exponential average is above the slow one; short on the mirror image.</para>
/// <para>Exits: through the stop alone, or when the averages have changed places.</para>
/// <para>Stop: a multiple of the average true range from the best close since the entry. It moves with the trend only, and works at the venue, so it also trades within a bar.</para>
/// <para>Assumes: that few large trends pay for many small losses; it wins on a third of its trades.</para>
/// <para>Lies: with a single market and a short history the result hangs on one or two trades. It is made for many markets at once.</para>
/// </remarks>
[Strategy("trend-following", "Trend")]
public sealed class TrendFollowing : Strategy
{
    private readonly Options _options;
    private readonly Ema _fast;
    private readonly Ema _slow;
    private readonly Maximum _highest;
    private readonly Minimum _lowest;
    private readonly Atr _atr;
    private double _upper = double.NaN;
    private double _lower = double.NaN;
    private double _best = double.NaN;
    private double _stop = double.NaN;
    private bool _owesStop;

    public TrendFollowing(Options options)
    {
        _options = options;
        _fast = Use(new Ema(options.Fast));
        _slow = Use(new Ema(options.Slow));
        _highest = Use(new Maximum(options.Breakout));
        _lowest = Use(new Minimum(options.Breakout));
        _atr = Use(new Atr(options.AtrPeriod));
    }

    protected override void OnHistory(in Bar bar)
    {
        if (!IsReady) return;
        (_upper, _lower) = (_highest.Value, _lowest.Value);
        if (IsFlat) return;
        int direction = IsLong ? 1 : -1;
        // The last bar that ended before the entry is the one that decided it.
        if (bar.End <= EntryTime) (_best, _stop) = (bar.Close, StopFor(direction, bar.Close));
        else _owesStop |= Improve(direction, bar.Close);
    }

    protected override void OnBar(in Bar bar)
    {
        bool isUp = _fast.Value > _slow.Value;
        (double upper, double lower) = (_upper, _lower);
        (_upper, _lower) = (_highest.Value, _lowest.Value);
        if (IsFlat)
        {
            if (isUp && bar.Close > upper) Enter(SignalAction.Buy, 1, bar.Close, "new highest close in an up trend");
            else if (!isUp && bar.Close < lower) Enter(SignalAction.Sell, -1, bar.Close, "new lowest close in a down trend");
        }
        else if (IsLong != isUp)
        {
            Close("the averages changed places");
        }
        else
        {
            Follow(IsLong ? 1 : -1, bar.Close);
        }
    }

    private void Enter(SignalAction action, int direction, double close, string reason)
    {
        (_best, _stop, _owesStop) = (close, StopFor(direction, close), false);
        Emit(new Wish(action, reason) { StopLoss = Away.By(close, -direction, Math.Abs(close - _stop), Instrument) });
    }

    /// <summary>The stop moves towards the price only, also when the range widens.</summary>
    private void Follow(int direction, double close)
    {
        bool moves = Improve(direction, close), owes = _owesStop;
        _owesStop = false;
        if (!moves && !owes) return;
        // Only a stop that moved while nobody acted can be behind the price.
        if (owes && (close - _stop) * direction <= Instrument.TickSizeAsDouble) Close("the price is through the stop that followed it");
        else Emit(new Wish(direction > 0 ? SignalAction.Buy : SignalAction.Sell, "stop follows the best close") { StopLoss = _stop });
    }

    /// <returns>True where the stop moves.</returns>
    private bool Improve(int direction, double close)
    {
        // A position from before all that it was told of: it goes on from the stop that works.
        if (double.IsNaN(_stop)) (_best, _stop) = (close, double.IsNaN(ProtectiveStop) ? StopFor(direction, close) : ProtectiveStop);
        if ((close - _best) * direction <= 0) return false;
        _best = close;
        double stop = StopFor(direction, close);
        if ((stop - _stop) * direction <= 0) return false;
        _stop = stop;
        return true;
    }

    private double StopFor(int direction, double close) => close - direction * _options.StopAtr * _atr.Value;

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options : IValidatableObject
    {
        /// <summary>Length of the fast exponential average, in bars; below <see cref="Slow"/>.</summary>
        [Range(1, 5000)] public int Fast { get; init; } = 50;

        /// <summary>Length of the slow exponential average, in bars.</summary>
        [Range(2, 10000)] public int Slow { get; init; } = 100;

        /// <summary>Bars whose closes must be left behind.</summary>
        [Range(2, 10000)] public int Breakout { get; init; } = 50;

        /// <summary>Distance of the trailing stop from the best close, in average true ranges.</summary>
        [Range(0.1, 20.0)] public double StopAtr { get; init; } = 3;

        /// <summary>Length of the average true range, in bars.</summary>
        [Range(1, 1000)] public int AtrPeriod { get; init; } = 100;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Fast >= Slow) yield return new ValidationResult($"Fast must be below Slow, found Fast={Fast} and Slow={Slow}.");
        }
    }
}
