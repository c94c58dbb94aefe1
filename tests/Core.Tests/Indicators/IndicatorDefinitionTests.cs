using Tradewind.Core.Indicators;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>Every indicator of the library against a plain implementation of its definition. One without such an implementation fails.</summary>
public sealed class IndicatorDefinitionTests
{
    public static TheoryData<string> Names => IndicatorCases.Names;

    [Theory, MemberData(nameof(Names))]
    public void ItEqualsItsDefinitionOnMadeUpBars(string name)
    {
        foreach (BarTable bars in TestBars.ForReferences) EqualsReference(name, bars);
    }

    [Theory, MemberData(nameof(Names))]
    public void ItEqualsItsDefinitionOnRealBars(string name)
    {
        Assert.SkipWhen(TestBars.Real.Count == 0, "The real market data are not beside this checkout (../shared/data).");
        foreach (BarTable bars in TestBars.Real) EqualsReference(name, bars);
    }

    [Fact]
    public void NoReferenceIsWithoutItsIndicator() => Assert.Empty(Reference.Names.Except(IndicatorLibrary.BuiltIn.All.Select(each => each.Name)));

    private static void EqualsReference(string name, BarTable bars)
    {
        Reference? reference = Reference.Of(name);
        Assert.True(reference is not null, $"Write a reference implementation of {name}: a static method [Reference(\"{name}\")] in tests/Core.Tests/Indicators/References.");
        IndicatorDescription description = IndicatorLibrary.BuiltIn.Find(name);
        foreach (double[] arguments in IndicatorCases.ArgumentsOf(description))
        {
            Check(description.Create(arguments), reference.Compute(description, bars, bars.Volume, arguments));
            if (description.Input == IndicatorInput.Pair) Check(description.Create(arguments, Source.Close, Source.Open), reference.Compute(description, bars, bars.Open, arguments));
        }

        void Check(Indicator indicator, double[][] expected)
        {
            double[][] found = IndicatorChain.Compute(indicator, bars.Bars);
            Assert.Equal(indicator.OutputCount, expected.Length);
            for (int output = 0; output < expected.Length; output++) Columns.AreSame($"{indicator.ColumnName(output)} on {bars}", expected[output], found[output], reference.Tolerance);
        }
    }
}
