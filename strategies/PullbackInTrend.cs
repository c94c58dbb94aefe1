/// <summary>Buys a fall of the relative strength index while the market is above its long average, with a stop of two average ranges.</summary>
/// <remarks>
/// The idea is Connors' (Short Term Trading Strategies That Work, 2008). It assumes that short falls in rising markets are bought;
/// it lies where the fall is the start of the end, which is what the stop is for.
/// </remarks>
public sealed class PullbackInTrend : Strategy
{
    private readonly Options _options;
    private readonly Sma _trend;
    private readonly Rsi _strength;
    private readonly Atr _range;

    public PullbackInTrend(Options options)
    {
        _options = options;
        _trend = Use(new Sma(options.Trend));
        _strength = Use(new Rsi(options.Rsi));
        _range = Use(new Atr(options.Rsi));
    }

    protected override void OnBar(in Bar bar)
    {
        if (IsFlat && bar.Close > _trend.Value && _strength.Value < _options.Below)
        {
            Emit(new Wish(SignalAction.Buy, "a fall in a rising market") { StopLoss = bar.Close - _options.StopRanges * _range.Value });
        }
        else if (IsLong && _strength.Value > _options.Above)
        {
            Close("it recovered");
        }
    }

    public sealed record Options : IValidatableObject
    {
        /// <summary>Length of the average that says whether the market rises, in bars.</summary>
        [Range(5, 5000)] public int Trend { get; init; } = 100;

        /// <summary>Length of the index and of the range, in bars.</summary>
        [Range(2, 100)] public int Rsi { get; init; } = 3;

        /// <summary>The index below which it buys; below <see cref="Above"/>.</summary>
        [Range(1, 99)] public double Below { get; init; } = 20;

        /// <summary>The index above which it closes.</summary>
        [Range(1, 99)] public double Above { get; init; } = 60;

        /// <summary>Distance of the stop in average ranges.</summary>
        [Range(0.1, 20)] public double StopRanges { get; init; } = 2;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Below >= Above) yield return new ValidationResult($"Below must be less than Above, found Below={Below} and Above={Above}.");
        }
    }
}
