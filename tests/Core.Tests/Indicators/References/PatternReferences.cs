using static Tradewind.Core.Tests.Indicators.References.Plain;

namespace Tradewind.Core.Tests.Indicators.References;

/// <summary>Candlestick patterns from the written rules, over columns and absolute indices.</summary>
internal static class PatternReferences
{
    [Reference("doji")]
    public static double[] Doji(BarTable t) => Find(t, 10, c => c.IsDoji(0) ? 100 : 0);

    [Reference("dragonflyDoji")]
    public static double[] DragonflyDoji(BarTable t) => Find(t, 10, c => c.IsDoji(0) && c.Upper(0) < c.Tenth(0) && c.Lower(0) > c.Tenth(0) ? 100 : 0);

    [Reference("gravestoneDoji")]
    public static double[] GravestoneDoji(BarTable t) => Find(t, 10, c => c.IsDoji(0) && c.Lower(0) < c.Tenth(0) && c.Upper(0) > c.Tenth(0) ? 100 : 0);

    [Reference("longLeggedDoji")]
    public static double[] LongLeggedDoji(BarTable t) => Find(t, 10, c => c.IsDoji(0) && Math.Max(c.Lower(0), c.Upper(0)) > c.Body(0) ? 100 : 0);

    [Reference("dojiStar")]
    public static double[] DojiStar(BarTable t) => Find(t, 11, c => !c.IsLong(1) || !c.IsDoji(0) ? 0
        : c.White(1) && c.Bottom(0) > c.Top(1) ? -100 : !c.White(1) && c.Top(0) < c.Bottom(1) ? 100 : 0);

    [Reference("hammer")]
    public static double[] Hammer(BarTable t) => Find(t, 11, c => c.IsShort(0) && c.Lower(0) > c.Body(0) && c.Upper(0) < c.Tenth(0) && c.Bottom(0) <= c.L(1) + 0.2 * c.Range5(1) ? 100 : 0);

    [Reference("invertedHammer")]
    public static double[] InvertedHammer(BarTable t) => Find(t, 11, c => c.IsShort(0) && c.Upper(0) > c.Body(0) && c.Lower(0) < c.Tenth(0) && c.Top(0) < c.Bottom(1) ? 100 : 0);

    [Reference("hangingMan")]
    public static double[] HangingMan(BarTable t) => Find(t, 11, c => c.IsShort(0) && c.Lower(0) > c.Body(0) && c.Upper(0) < c.Tenth(0) && c.Bottom(0) >= c.H(1) - 0.2 * c.Range5(1) ? -100 : 0);

    [Reference("shootingStar")]
    public static double[] ShootingStar(BarTable t) => Find(t, 11, c => c.IsShort(0) && c.Upper(0) > c.Body(0) && c.Lower(0) < c.Tenth(0) && c.Bottom(0) > c.Top(1) ? -100 : 0);

    [Reference("engulfing")]
    public static double[] Engulfing(BarTable t) => Find(t, 2, c =>
    {
        bool bullish = c.White(0) && !c.White(1) && ((c.C(0) >= c.O(1) && c.O(0) < c.C(1)) || (c.C(0) > c.O(1) && c.O(0) <= c.C(1)));
        bool bearish = !c.White(0) && c.White(1) && ((c.O(0) >= c.C(1) && c.C(0) < c.O(1)) || (c.O(0) > c.C(1) && c.C(0) <= c.O(1)));
        int strength = c.O(0) != c.C(1) && c.C(0) != c.O(1) ? 100 : 80;
        return bullish ? strength : bearish ? -strength : 0;
    });

    [Reference("harami")]
    public static double[] Harami(BarTable t) => Find(t, 11, c => c.IsLong(1) && c.Body(0) <= c.Body10(0) ? Inside(c) : 0);

    [Reference("haramiCross")]
    public static double[] HaramiCross(BarTable t) => Find(t, 11, c => c.IsLong(1) && c.IsDoji(0) ? Inside(c) : 0);

    [Reference("threeWhiteSoldiers")]
    public static double[] ThreeWhiteSoldiers(BarTable t) => Find(t, 12, c =>
    {
        for (int k = 0; k <= 2; k++)
        {
            if (!c.White(k) || c.Upper(k) >= c.Tenth(k)) return 0;
        }
        for (int k = 0; k <= 1; k++)
        {
            if (c.C(k) <= c.C(k + 1) || c.O(k) <= c.O(k + 1) || c.O(k) > c.C(k + 1) + 0.2 * c.Range5(k + 1) || c.Body(k) <= c.Body(k + 1) - 0.6 * c.Range5(k + 1)) return 0;
        }
        return c.Body(0) > c.Body10(0) ? 100 : 0;
    });

    [Reference("threeBlackCrows")]
    public static double[] ThreeBlackCrows(BarTable t) => Find(t, 13, c =>
    {
        if (!c.White(3) || c.H(3) <= c.C(2)) return 0;
        for (int k = 0; k <= 2; k++)
        {
            if (c.White(k) || c.Lower(k) >= c.Tenth(k)) return 0;
        }
        for (int k = 0; k <= 1; k++)
        {
            if (c.C(k) >= c.C(k + 1) || c.O(k) >= c.O(k + 1) || c.O(k) <= c.C(k + 1)) return 0;
        }
        return -100;
    });

    [Reference("piercing")]
    public static double[] Piercing(BarTable t) => Find(t, 11, c => !c.White(1) && c.IsLong(1) && c.White(0) && c.IsLong(0)
        && c.O(0) < c.L(1) && c.C(0) < c.O(1) && c.C(0) > (c.O(1) + c.C(1)) / 2 ? 100 : 0);

    [Reference("darkCloudCover")]
    public static double[] DarkCloudCover(BarTable t, double penetration) => Find(t, 11, c => c.White(1) && c.IsLong(1) && !c.White(0)
        && c.O(0) > c.H(1) && c.C(0) > c.O(1) && c.C(0) < c.C(1) - c.Body(1) * penetration ? -100 : 0);

    [Reference("marubozu")]
    public static double[] Marubozu(BarTable t) => Find(t, 10, c => c.IsBare(0) ? c.Sign(0) * 100 : 0);

    [Reference("spinningTop")]
    public static double[] SpinningTop(BarTable t) => Find(t, 10, c => c.IsShort(0) && Math.Min(c.Upper(0), c.Lower(0)) > c.Body(0) ? c.Sign(0) * 100 : 0);

    [Reference("highWave")]
    public static double[] HighWave(BarTable t) => Find(t, 10, c => c.IsShort(0) && Math.Min(c.Upper(0), c.Lower(0)) > 2 * c.Body(0) ? c.Sign(0) * 100 : 0);

    [Reference("threeInside")]
    public static double[] ThreeInside(BarTable t) => Find(t, 12, c =>
    {
        if (!c.IsLong(2) || c.Body(1) > c.Body10(1) || c.Top(1) >= c.Top(2) || c.Bottom(1) <= c.Bottom(2)) return 0;
        if (c.White(2)) return !c.White(0) && c.C(0) < c.O(2) ? -100 : 0;
        return c.White(0) && c.C(0) > c.O(2) ? 100 : 0;
    });

    [Reference("threeOutside")]
    public static double[] ThreeOutside(BarTable t) => Find(t, 3, c =>
        c.White(1) && !c.White(2) && c.C(1) > c.O(2) && c.O(1) < c.C(2) && c.C(0) > c.C(1) ? 100
        : !c.White(1) && c.White(2) && c.O(1) > c.C(2) && c.C(1) < c.O(2) && c.C(0) < c.C(1) ? -100 : 0);

    [Reference("kicking")]
    public static double[] Kicking(BarTable t) => Find(t, 11, c => !c.IsBare(1) || !c.IsBare(0) ? 0
        : !c.White(1) && c.White(0) && c.L(0) > c.H(1) ? 100 : c.White(1) && !c.White(0) && c.H(0) < c.L(1) ? -100 : 0);

    [Reference("matchingLow")]
    public static double[] MatchingLow(BarTable t) => Find(t, 6, c => !c.White(0) && !c.White(1) && c.IsEqual(c.C(0), c.C(1), 1) ? 100 : 0);

    [Reference("counterattack")]
    public static double[] Counterattack(BarTable t) => Find(t, 11, c => c.Sign(0) != c.Sign(1) && c.IsLong(0) && c.IsLong(1) && c.IsEqual(c.C(0), c.C(1), 1) ? c.Sign(0) * 100 : 0);

    [Reference("risingFallingThree")]
    public static double[] RisingFallingThree(BarTable t) => Find(t, 14, c =>
    {
        int s = c.Sign(4);
        bool colors = c.Sign(3) == -s && c.Sign(2) == -s && c.Sign(1) == -s && c.Sign(0) == s;
        bool sizes = c.IsLong(4) && c.IsShort(3) && c.IsShort(2) && c.IsShort(1) && c.IsLong(0);
        bool inside = new[] { 3, 2, 1 }.All(k => c.Bottom(k) < c.H(4) && c.Top(k) > c.L(4));
        bool drift = s > 0 ? c.C(2) < c.C(3) && c.C(1) < c.C(2) : c.C(2) > c.C(3) && c.C(1) > c.C(2);
        bool ends = s > 0 ? c.O(0) > c.C(1) && c.C(0) > c.C(4) : c.O(0) < c.C(1) && c.C(0) < c.C(4);
        return colors && sizes && inside && drift && ends ? 100 * s : 0;
    });

    [Reference("beltHold")]
    public static double[] BeltHold(BarTable t) => Find(t, 10, c => !c.IsLong(0) ? 0 : c.White(0) ? (c.Lower(0) < c.Tenth(0) ? 100 : 0) : c.Upper(0) < c.Tenth(0) ? -100 : 0);

    [Reference("threeLineStrike")]
    public static double[] ThreeLineStrike(BarTable t) => Find(t, 8, c =>
    {
        if (c.Sign(3) != c.Sign(2) || c.Sign(2) != c.Sign(1) || c.Sign(0) == c.Sign(1)) return 0;
        for (int k = 1; k <= 2; k++)
        {
            if (c.O(k) < c.Bottom(k + 1) - 0.2 * c.Range5(k + 1) || c.O(k) > c.Top(k + 1) + 0.2 * c.Range5(k + 1)) return 0;
        }
        if (c.White(1)) return c.C(1) > c.C(2) && c.C(2) > c.C(3) && c.O(0) > c.C(1) && c.C(0) < c.O(3) ? 100 : 0;
        return c.C(1) < c.C(2) && c.C(2) < c.C(3) && c.O(0) < c.C(1) && c.C(0) > c.O(3) ? -100 : 0;
    });

    [Reference("tristar")]
    public static double[] Tristar(BarTable t) => Find(t, 12, c =>
        Math.Max(c.Body(0), Math.Max(c.Body(1), c.Body(2))) > c.Tenth(2) ? 0
        : c.Bottom(1) > c.Top(2) && c.Top(0) < c.Top(1) ? -100 : c.Top(1) < c.Bottom(2) && c.Bottom(0) > c.Bottom(1) ? 100 : 0);

    [Reference("morningStar")]
    public static double[] MorningStar(BarTable t, double penetration) => Find(t, 12, c => c.Body(1) <= c.Body10(1) && IsMorning(c, penetration) ? 100 : 0);

    [Reference("morningDojiStar")]
    public static double[] MorningDojiStar(BarTable t, double penetration) => Find(t, 12, c => c.IsDoji(1) && IsMorning(c, penetration) ? 100 : 0);

    [Reference("eveningStar")]
    public static double[] EveningStar(BarTable t, double penetration) => Find(t, 12, c => c.Body(1) <= c.Body10(1) && IsEvening(c, penetration) ? -100 : 0);

    [Reference("eveningDojiStar")]
    public static double[] EveningDojiStar(BarTable t, double penetration) => Find(t, 12, c => c.IsDoji(1) && IsEvening(c, penetration) ? -100 : 0);

    [Reference("abandonedBaby")]
    public static double[] AbandonedBaby(BarTable t, double penetration) => Find(t, 12, c =>
    {
        if (!c.IsLong(2) || !c.IsDoji(1) || c.Body(0) <= c.Body10(0)) return 0;
        if (c.White(2)) return !c.White(0) && c.C(0) < c.C(2) - c.Body(2) * penetration && c.L(1) > c.H(2) && c.H(0) < c.L(1) ? -100 : 0;
        return c.White(0) && c.C(0) > c.C(2) + c.Body(2) * penetration && c.H(1) < c.L(2) && c.L(0) > c.H(1) ? 100 : 0;
    });

    private static bool IsMorning(View c, double penetration) => c.IsLong(2) && !c.White(2) && c.Top(1) < c.Bottom(2) && c.Body(0) > c.Body10(0) && c.White(0) && c.C(0) > c.C(2) + c.Body(2) * penetration;

    private static bool IsEvening(View c, double penetration) => c.IsLong(2) && c.White(2) && c.Bottom(1) > c.Top(2) && c.Body(0) > c.Body10(0) && !c.White(0) && c.C(0) < c.C(2) - c.Body(2) * penetration;

    private static int Inside(View c) => c.Top(0) < c.Top(1) && c.Bottom(0) > c.Bottom(1) ? -100 * c.Sign(1) : c.Top(0) <= c.Top(1) && c.Bottom(0) >= c.Bottom(1) ? -80 * c.Sign(1) : 0;

    private static double[] Find(BarTable bars, int first, Func<View, int> rule) => From(first, bars.Count, i => rule(new View(bars, i)));

    /// <summary>The columns seen from one bar: k is how many bars before it.</summary>
    private readonly record struct View(BarTable Bars, int At)
    {
        public double O(int k) => Bars.Open[At - k];

        public double H(int k) => Bars.High[At - k];

        public double L(int k) => Bars.Low[At - k];

        public double C(int k) => Bars.Close[At - k];

        public bool White(int k) => C(k) >= O(k);

        public int Sign(int k) => White(k) ? 1 : -1;

        public double Body(int k) => Math.Abs(C(k) - O(k));

        public double Top(int k) => White(k) ? C(k) : O(k);

        public double Bottom(int k) => White(k) ? O(k) : C(k);

        public double Upper(int k) => H(k) - Top(k);

        public double Lower(int k) => Bottom(k) - L(k);

        public double Body10(int k) => Average(k, 10, Body);

        public double Tenth(int k) => 0.1 * Average(k, 10, Range);

        public double Range5(int k) => Average(k, 5, Range);

        public bool IsLong(int k) => Body(k) > Body10(k);

        public bool IsShort(int k) => Body(k) < Body10(k);

        public bool IsDoji(int k) => Body(k) <= Tenth(k);

        public bool IsBare(int k) => IsLong(k) && Upper(k) < Tenth(k) && Lower(k) < Tenth(k);

        public bool IsEqual(double a, double b, int k) => a <= b + 0.05 * Range5(k) && a >= b - 0.05 * Range5(k);

        private double Range(int k) => H(k) - L(k);

        private static double Average(int k, int count, Func<int, double> of)
        {
            double sum = 0;
            for (int i = k + count; i > k; i--) sum += of(i);
            return sum / count;
        }
    }
}
