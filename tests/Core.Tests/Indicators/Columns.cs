namespace Tradewind.Core.Tests.Indicators;

/// <summary>Comparison of whole columns of values.</summary>
internal static class Columns
{
    /// <summary>Fails at the first row that differs by more than <paramref name="tolerance"/>, relative to the larger of 1 and the value; not ready must meet not ready.</summary>
    public static void AreSame(string what, double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(expected[i]) && double.IsNaN(found[i])) continue;
            double allowed = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - found[i]) <= allowed, $"{what} at bar {i}: {expected[i]:R} expected, {found[i]:R} found.");
        }
    }
}
