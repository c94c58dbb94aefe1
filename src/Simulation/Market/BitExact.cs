namespace Tradewind.Simulation.Market;

/// <summary>Exponential, logarithm and normal quantile from addition, multiplication, division and square root alone.</summary>
/// <remarks>
/// IEEE 754 defines those four operations to the last bit, so the results are the same on every machine. <see cref="Math.Exp"/>, <see cref="Math.Log(double)"/>
/// and <see cref="Math.Pow"/> call the platform's library and may differ in the last place, which is enough to make two markets of one seed drift apart.
/// </remarks>
internal static class BitExact
{
    private const double Log2OfE = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Sqrt2 = 1.4142135623730951;

    /// <summary>e to the power of <paramref name="x"/>, relative error below 1e-14, for -700 to 700; held at the ends outside.</summary>
    public static double Exp(double x)
    {
        x = Math.Min(Math.Max(x, -700.0), 700.0);
        double k = Math.Floor(x * Log2OfE + 0.5);
        double r = x - k * Ln2High - k * Ln2Low;
        double sum = 1.0 + r / 13.0;
        sum = 1.0 + r * sum * (1.0 / 12.0);
        sum = 1.0 + r * sum * (1.0 / 11.0);
        sum = 1.0 + r * sum * (1.0 / 10.0);
        sum = 1.0 + r * sum * (1.0 / 9.0);
        sum = 1.0 + r * sum * (1.0 / 8.0);
        sum = 1.0 + r * sum * (1.0 / 7.0);
        sum = 1.0 + r * sum * (1.0 / 6.0);
        sum = 1.0 + r * sum * (1.0 / 5.0);
        sum = 1.0 + r * sum * (1.0 / 4.0);
        sum = 1.0 + r * sum * (1.0 / 3.0);
        sum = 1.0 + r * sum * (1.0 / 2.0);
        sum = 1.0 + r * sum;
        return sum * BitConverter.Int64BitsToDouble(((long)k + 1023) << 52);
    }

    /// <summary>e to the power of <paramref name="x"/>, relative error below 1e-8 for -0.1 to 0.1; at a third of the cost.</summary>
    public static double ExpOfSmall(double x) => 1.0 + x * (1.0 + x * (1.0 / 2 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120)))));

    /// <summary>Natural logarithm of a positive normal number, relative error below 1e-14.</summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa > Sqrt2)
        {
            mantissa *= 0.5;
            exponent++;
        }
        double s = (mantissa - 1.0) / (mantissa + 1.0);
        double q = s * s;
        double series = 1.0 / 19.0;
        series = series * q + 1.0 / 17.0;
        series = series * q + 1.0 / 15.0;
        series = series * q + 1.0 / 13.0;
        series = series * q + 1.0 / 11.0;
        series = series * q + 1.0 / 9.0;
        series = series * q + 1.0 / 7.0;
        series = series * q + 1.0 / 5.0;
        series = series * q + 1.0 / 3.0;
        series = series * q + 1.0;
        return exponent * Ln2High + (2.0 * s * series + exponent * Ln2Low);
    }

    /// <summary>The value that a standard normal variable stays below with this probability, 0 to 1 exclusive; about seven digits.</summary>
    /// <remarks>Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37 (1988), routine PPND7.</remarks>
    public static double NormalQuantile(double probability)
    {
        double q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double r = 0.180625 - q * q;
            return q * (((5.9109374720e+01 * r + 1.5929113202e+02) * r + 5.0434271938e+01) * r + 3.3871327179e+00)
                / (((6.7187563600e+01 * r + 7.8757757664e+01) * r + 1.7895169469e+01) * r + 1.0);
        }
        double tail = Math.Sqrt(-Log(q < 0 ? probability : 1.0 - probability));
        double value = tail <= 5.0 ? NearTail(tail - 1.6) : FarTail(tail - 5.0);
        return q < 0 ? -value : value;
    }

    private static double NearTail(double r) =>
        (((1.7023821103e-01 * r + 1.3067284816e+00) * r + 2.7568153900e+00) * r + 1.4234372777e+00)
        / ((1.2021132975e-01 * r + 7.3700164250e-01) * r + 1.0);

    private static double FarTail(double r) =>
        (((1.7337203997e-02 * r + 4.2868294337e-01) * r + 3.0812263860e+00) * r + 6.6579051150e+00)
        / ((1.2258202635e-02 * r + 2.4197894225e-01) * r + 1.0);
}
