/// <summary>Long above the highest close of the last bars, out again below a moving average.</summary>
public sealed class ThreeBarBreakout : Strategy
{
    private readonly Maximum _highest;
    private readonly Sma _exit;
    private double _before = double.NaN;

    public ThreeBarBreakout(Options options)
    {
        _highest = Use(new Maximum(options.Bars));
        _exit = Use(new Sma(options.Exit));
    }

    protected override void OnBar(in Bar bar)
    {
        if (bar.Close > _before) Buy("close above the highest before");
        else if (bar.Close < _exit.Value) Close("close below the average");
        _before = _highest.Value;
    }

    public sealed record Options
    {
        /// <summary>Bars of which the highest close is taken.</summary>
        [Range(1, 500)] public int Bars { get; init; } = 3;

        /// <summary>Length of the average that ends a trade, in bars.</summary>
        [Range(2, 500)] public int Exit { get; init; } = 20;
    }
}
