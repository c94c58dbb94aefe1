namespace Tradewind.Simulation.Market;

/// <summary>One price process; a contract and its micro share it.</summary>
internal sealed record Underlying
{
    /// <summary>Place in <see cref="Underlyings.All"/> and in the correlation matrices.</summary>
    public required int Index { get; init; }

    /// <summary>The price that the process wanders around.</summary>
    public required double Anchor { get; init; }

    /// <summary>Standard deviation of the logarithmic return over a year of 252 days, long-run average.</summary>
    public required double AnnualVolatility { get; init; }

    /// <summary>The same over one weekday.</summary>
    public double DailyVolatility => AnnualVolatility / Math.Sqrt(252);

    /// <summary>Volatility over the day; squares average to 1.</summary>
    public required DayCurve Volatility { get; init; }

    /// <summary>Rate of trades and quotes over the day; averages to 1 over the regular hours.</summary>
    public required DayCurve Activity { get; init; }

    /// <summary>Correlation of a return with the change of volatility that follows, -1 to 1: below 0, falls excite.</summary>
    public required double Leverage { get; init; }
}

/// <summary>The five price processes and how they hang together.</summary>
/// <remarks>Levels, volatilities, day shapes and correlations are round figures in the range of 2010 to 2025, not a fit to any year.</remarks>
internal static class Underlyings
{
    public const int Count = 5;

    public static readonly Underlying[] All =
    [
        new()
        {
            Index = 0, Anchor = 6000, AnnualVolatility = 0.16, Leverage = -0.35, Volatility = EquityVolatility(), Activity = EquityActivity(),
        },
        new()
        {
            Index = 1, Anchor = 21_500, AnnualVolatility = 0.21, Leverage = -0.35, Volatility = EquityVolatility(), Activity = EquityActivity(),
        },
        new()
        {
            Index = 2, Anchor = 70, AnnualVolatility = 0.34, Leverage = -0.1,
            Volatility = new DayCurve((1800, 0.8), (1815, 0.5), (0, 0.4), (200, 0.6), (300, 1.0), (500, 0.9), (800, 1.1), (900, 2.0), (930, 2.1), (1030, 2.1),
                (1100, 1.7), (1230, 1.2), (1330, 1.3), (1425, 1.9), (1430, 1.9), (1435, 0.9), (1600, 0.6), (1700, 0.4), (1701, 0.12), (1759, 0.12)).WithMeanSquareOne(),
            Activity = new DayCurve((1800, 0.3), (1815, 0.1), (0, 0.07), (200, 0.12), (300, 0.3), (500, 0.25), (800, 0.45), (859, 0.6), (900, 1.6), (1030, 1.5),
                (1130, 0.9), (1230, 0.6), (1330, 0.7), (1415, 1.3), (1429, 2.2), (1430, 0.6), (1500, 0.25), (1600, 0.12), (1700, 0.06)).WithMeanOneBetween(900, 1430),
        },
        new()
        {
            Index = 3, Anchor = 2700, AnnualVolatility = 0.16, Leverage = 0,
            Volatility = new DayCurve((1800, 0.9), (1815, 0.6), (2000, 0.8), (2100, 1.0), (2230, 0.7), (100, 0.6), (300, 1.0), (500, 0.8), (820, 1.4), (830, 2.2),
                (900, 1.7), (1000, 1.9), (1130, 1.2), (1330, 1.0), (1400, 0.8), (1600, 0.5), (1700, 0.4), (1701, 0.12), (1759, 0.12)).WithMeanSquareOne(),
            Activity = new DayCurve((1800, 0.35), (1815, 0.18), (2000, 0.3), (2100, 0.4), (2230, 0.2), (100, 0.18), (300, 0.45), (500, 0.35), (819, 0.7), (820, 1.4),
                (830, 1.8), (900, 1.2), (1000, 1.5), (1130, 0.7), (1300, 0.7), (1329, 1.3), (1330, 0.5), (1500, 0.2), (1600, 0.12), (1700, 0.06)).WithMeanOneBetween(820, 1330),
        },
        new()
        {
            Index = 4, Anchor = 1.12, AnnualVolatility = 0.075, Leverage = 0,
            Volatility = new DayCurve((1800, 0.6), (1900, 0.6), (2000, 0.7), (2300, 0.6), (100, 0.7), (200, 1.0), (300, 1.5), (430, 1.2), (600, 1.0), (800, 1.2),
                (830, 1.9), (900, 1.5), (1000, 1.8), (1130, 1.1), (1300, 0.8), (1500, 0.7), (1600, 0.5), (1700, 0.35), (1701, 0.12), (1759, 0.12)).WithMeanSquareOne(),
            Activity = new DayCurve((1800, 0.2), (1900, 0.15), (2000, 0.25), (2300, 0.2), (200, 0.5), (300, 1.2), (430, 0.9), (600, 0.7), (819, 0.9), (820, 1.2),
                (830, 1.6), (900, 1.2), (1000, 1.4), (1130, 0.7), (1300, 0.5), (1459, 0.7), (1500, 0.35), (1600, 0.15), (1700, 0.06)).WithMeanOneBetween(820, 1500),
        },
    ];

    private static readonly double[,] ReturnCorrelations = new[,]
    {
        { 1.00, 0.97, 0.25, 0.02, 0.20 },
        { 0.97, 1.00, 0.20, 0.04, 0.18 },
        { 0.25, 0.20, 1.00, 0.15, 0.15 },
        { 0.02, 0.04, 0.15, 1.00, 0.42 },
        { 0.20, 0.18, 0.15, 0.42, 1.00 },
    };

    /// <summary>Cholesky factor of the correlation of returns.</summary>
    public static readonly double[,] Returns = Cholesky(ReturnCorrelations);

    /// <summary>Cholesky factor of the correlation of the shocks to volatility: a nervous day is one for all.</summary>
    public static readonly double[,] Volatilities = Cholesky(new[,]
    {
        { 1.00, 0.95, 0.40, 0.40, 0.40 },
        { 0.95, 1.00, 0.40, 0.40, 0.40 },
        { 0.40, 0.40, 1.00, 0.35, 0.30 },
        { 0.40, 0.40, 0.35, 1.00, 0.50 },
        { 0.40, 0.40, 0.30, 0.50, 1.00 },
    });

    public static double Correlation(int a, int b) => ReturnCorrelations[a, b];

    /// <summary>Standard normal shocks with the correlation of the matrix whose Cholesky factor is given.</summary>
    public static void Draw(ref SeededRandom chance, double[,] factor, Span<double> shocks)
    {
        Span<double> independent = stackalloc double[Count];
        for (int i = 0; i < Count; i++) independent[i] = chance.NextNormal();
        for (int i = 0; i < Count; i++)
        {
            double sum = 0;
            for (int k = 0; k <= i; k++) sum += factor[i, k] * independent[k];
            shocks[i] = sum;
        }
    }

    private static double[,] Cholesky(double[,] matrix)
    {
        var factor = new double[Count, Count];
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
            }
        }
        return factor;
    }

    private static DayCurve EquityVolatility() => new DayCurve((1800, 1.1), (1810, 0.75), (2000, 0.75), (2200, 0.65), (0, 0.55), (200, 0.7), (300, 1.25), (400, 1.0),
        (600, 0.8), (800, 0.9), (829, 1.0), (830, 1.7), (845, 1.1), (929, 1.1), (930, 3.2), (945, 2.6), (1000, 2.5), (1100, 1.8), (1230, 1.3), (1330, 1.3),
        (1430, 1.5), (1530, 1.9), (1550, 2.3), (1559, 2.6), (1600, 1.2), (1605, 0.6), (1700, 0.45), (1701, 0.12), (1759, 0.12)).WithMeanSquareOne();

    private static DayCurve EquityActivity() => new DayCurve((1800, 0.35), (1815, 0.09), (2000, 0.09), (0, 0.045), (200, 0.075), (300, 0.2), (400, 0.14), (600, 0.1),
        (829, 0.2), (830, 0.9), (845, 0.45), (929, 0.5), (930, 2.3), (1000, 1.7), (1100, 1.0), (1230, 0.62), (1330, 0.62), (1430, 0.85), (1530, 1.3), (1550, 1.9),
        (1559, 2.6), (1600, 1.0), (1605, 0.25), (1700, 0.08)).WithMeanOneBetween(930, 1600);
}
