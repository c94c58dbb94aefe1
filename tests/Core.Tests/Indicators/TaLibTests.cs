using System.Globalization;
using Tradewind.Core.Indicators;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>The library against numbers that TA-Lib's own C code gave for the same bars; the file's first line says which.</summary>
public sealed class TaLibTests
{
    /// <summary>Started otherwise on purpose: compared from the bar on which the start has faded below the tolerance. MAMA reads the volume, whose phase never stands on the edge that rounding decides.</summary>
    private static readonly Dictionary<string, int> ComparedFrom = new() { ["macd"] = 450, ["apo"] = 450, ["ppo"] = 450, ["mama"] = 1000 };

    /// <summary>TA-Lib's variance is a difference of large sums and loses some digits itself.</summary>
    private static readonly Dictionary<string, double> Tolerances = new() { ["variance"] = 1e-8 };

    private static readonly Dictionary<string, (int Index, double Value)[]> Columns = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Indicators", "Golden", "talib.csv")).Skip(2)
        .Select(line => (name: line[..line.LastIndexOf(',', line.LastIndexOf(',') - 1)], cells: line.Split(',')))
        .Select(row => (row.name, index: int.Parse(row.cells[^2], CultureInfo.InvariantCulture), value: double.Parse(row.cells[^1], CultureInfo.InvariantCulture)))
        .GroupBy(row => row.name).ToDictionary(group => group.Key, group => group.Select(row => (row.index, row.value)).ToArray());

    public static TheoryData<string> Names => [.. Columns.Keys];

    /// <summary>True where TA-Lib's numbers stand in the file.</summary>
    public static bool Covers(string name) => Columns.Keys.Any(column => IndicatorLibrary.BuiltIn.Create(column.LastIndexOf('.') > column.LastIndexOf(')') ? column[..column.LastIndexOf('.')] : column).Description.Name == name);

    [Theory, MemberData(nameof(Names))]
    public void ItEqualsTaLib(string column)
    {
        int dot = column.LastIndexOf('.');
        bool hasOutput = dot > column.LastIndexOf(')');
        string text = hasOutput ? column[..dot] : column;
        Indicator indicator = IndicatorLibrary.BuiltIn.Create(text);
        Assert.Equal(text, indicator.Name);
        int output = hasOutput ? indicator.Description.OutputOf(column[(dot + 1)..]) : indicator.Description.MainOutput;
        double[] found = IndicatorChain.Compute(indicator, TestBars.Golden.Bars)[output];
        bool isPattern = indicator is CandlePattern;
        int from = ComparedFrom.GetValueOrDefault(indicator.Description.Name);
        if (from == 0) Assert.Equal(Columns[column][0].Index, indicator.WarmUp - 1);
        double tolerance = Tolerances.GetValueOrDefault(indicator.Description.Name, 1e-9);
        foreach ((int index, double value) in Columns[column].Where(row => row.Index >= from))
        {
            Assert.True(Math.Abs(found[index] - value) <= tolerance * Math.Max(1, Math.Abs(value)), $"{column} at bar {index}: TA-Lib gives {value:R}, found {found[index]:R}.");
        }
        if (isPattern) Assert.Equal(Columns[column].Where(row => row.Value != 0).Select(row => row.Index), Enumerable.Range(0, found.Length).Where(i => !double.IsNaN(found[i]) && found[i] != 0));
    }
}
