/// <summary>Long while the price is above its average and rising, flat below it.</summary>
/// <remarks>
/// Say here when it enters and exits, where its stop goes, what it assumes and how it lies.
/// Try it: tradewind dev MyStrategy.cs --data FILE --symbol ES
/// </remarks>
public sealed class MyStrategy : Strategy
{
    private readonly Sma _average;
    private readonly Momentum _momentum;

    public MyStrategy(Options options)
    {
        // Indicators are asked for here, once; OnBar is called when all of them have values.
        _average = Use(new Sma(options.Length));
        _momentum = Use(new Momentum(options.Momentum));
    }

    protected override void OnBar(in Bar bar)
    {
        // A wish for a position, not an order: saying it again changes nothing.
        if (bar.Close > _average.Value && _momentum.Value > 0) Buy("above a rising average");
        else if (bar.Close < _average.Value) Close("below the average");
    }

    /// <summary>What can be set with --set NAME=VALUE; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Length of the average, in bars.</summary>
        [Range(2, 5000)] public int Length { get; init; } = 50;

        /// <summary>Bars over which the price must have risen.</summary>
        [Range(1, 5000)] public int Momentum { get; init; } = 10;
    }
}
