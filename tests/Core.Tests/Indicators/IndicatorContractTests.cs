using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>What holds for every indicator of the library. They are found by reflection: a new one is under contract as soon as it exists.</summary>
public sealed class IndicatorContractTests
{
    public static TheoryData<string> Names => IndicatorCases.Names;

    [Theory, MemberData(nameof(Names))]
    public void ItIsReadyExactlyAtItsWarmUpAndStaysReady(string name) => ForEachCase(name, (indicator, create) =>
    {
        BarTable bars = TestBars.Walk;
        int warmUp = indicator.WarmUp;
        if (indicator.WarmUpSessions > 0) warmUp = Math.Max(warmUp, 1 + Array.FindIndex(bars.Day, day => day >= bars.Day[0] + indicator.WarmUpSessions));
        for (int i = 0; i < bars.Count; i++)
        {
            indicator.Update(in bars.Bars[i]);
            bool expected = i + 1 >= warmUp;
            Assert.True(indicator.IsReady == expected, $"{indicator} after {i + 1} bars: IsReady is {indicator.IsReady}, its warm-up is {warmUp}.");
            for (int output = 0; output < indicator.OutputCount; output++) Assert.Equal(expected, double.IsFinite(indicator[output]));
        }
    });

    [Theory, MemberData(nameof(Names))]
    public void StreamingEqualsBatch(string name) => ForEachCase(name, (indicator, create) =>
    {
        double[][] batch = IndicatorChain.Compute(create(), TestBars.Walk.Bars);
        for (int i = 0; i < TestBars.Walk.Count; i++)
        {
            indicator.Update(in TestBars.Walk.Bars[i]);
            SameOutputs(indicator, batch, i);
        }
    });

    [Theory, MemberData(nameof(Names))]
    public void ResetEqualsNew(string name) => ForEachCase(name, (indicator, create) =>
    {
        double[][] expected = IndicatorChain.Compute(create(), TestBars.Walk.Bars);
        foreach (int length in new[] { 1, 7, 61, 523 })
        {
            foreach (Bar bar in TestBars.Gaps.Bars.Take(length)) indicator.Update(in bar);
            indicator.Reset();
            Assert.False(indicator.IsReady);
            for (int i = 0; i < TestBars.Walk.Count; i++)
            {
                indicator.Update(in TestBars.Walk.Bars[i]);
                SameOutputs(indicator, expected, i);
            }
            indicator.Reset();
        }
    });

    [Theory, MemberData(nameof(Names))]
    public void ASnapshotAtAnyBarContinuesAsIfUninterrupted(string name) => ForEachCase(name, (indicator, create) =>
    {
        double[][] expected = IndicatorChain.Compute(create(), TestBars.Walk.Bars);
        for (int i = 0; i < TestBars.Walk.Count; i++)
        {
            indicator.Update(in TestBars.Walk.Bars[i]);
            if (TestBars.Lot(name.Length, i) < 0.1) indicator = Restored(indicator, create());
            SameOutputs(indicator, expected, i);
        }
    });

    [Theory, MemberData(nameof(Names))]
    public void APreviewChangesNothingAndEqualsTheUpdate(string name) => ForEachCase(name, (indicator, create) =>
    {
        double[][] expected = IndicatorChain.Compute(create(), TestBars.Walk.Bars);
        for (int i = 0; i < TestBars.Walk.Count; i++)
        {
            ref readonly Bar bar = ref TestBars.Walk.Bars[i];
            indicator.Preview(in TestBars.Gaps.Bars[i]);
            double main = indicator.Preview(in bar);
            double[] previews = [.. Enumerable.Range(0, indicator.OutputCount).Select(output => indicator.Preview(in TestBars.Walk.Bars[i], output))];
            indicator.Update(in bar);
            SameOutputs(indicator, expected, i);
            Assert.Equal(indicator.Value, main);
            for (int output = 0; output < previews.Length; output++) Assert.Equal(expected[output][i], previews[output]);
        }
    });

    [Theory, MemberData(nameof(Names))]
    public void ItStaysFiniteOnHostileBars(string name) => ForEachCase(name, (indicator, create) =>
    {
        foreach (BarTable bars in TestBars.Hostile)
        {
            indicator.Reset();
            for (int i = 0; i < bars.Count; i++)
            {
                indicator.Update(in bars.Bars[i]);
                if (i + 1 < indicator.WarmUp || (indicator.WarmUpSessions > 0 && !indicator.IsReady)) continue;
                for (int output = 0; output < indicator.OutputCount; output++) Assert.True(double.IsFinite(indicator[output]), $"{indicator.ColumnName(output)} on \"{bars}\" at bar {i} is {indicator[output]}.");
            }
        }
    });

    [Theory, MemberData(nameof(Names))]
    public void ItObeysItsLawsOfShiftAndScale(string name)
    {
        Assert.True(Laws.Of.TryGetValue(name, out Laws? laws), $"State the laws of {name} in Laws.cs.");
        ForEachCase(name, (indicator, create) =>
        {
            BarTable bars = TestBars.Golden;
            double[][] plain = IndicatorChain.Compute(create(), bars.Bars);
            double[][] shifted = IndicatorChain.Compute(create(), bars.Map("shifted", bar => TestBars.Shifted(bar, 1000)).Bars);
            double[][] scaled = IndicatorChain.Compute(create(), bars.Map("scaled", bar => TestBars.Times(bar, 4, 1)).Bars);
            double[][] louder = IndicatorChain.Compute(create(), bars.Map("louder", bar => TestBars.Times(bar, 1, 4)).Bars);
            for (int output = 0; output < indicator.OutputCount; output++)
            {
                string column = indicator.ColumnName(output);
                if (laws.ShiftOf(output) != '-') Columns.AreSame(column + " shifted", [.. plain[output].Select(value => value + (laws.ShiftOf(output) == '+' ? 1000 : 0))], shifted[output], 1e-8);
                if (laws.ScaleOf(output) is int price) Columns.AreSame(column + " scaled", [.. plain[output].Select(value => value * Math.Pow(4, price))], scaled[output], 1e-8);
                if (laws.VolumeOf(output) is int volume) Columns.AreSame(column + " with more volume", [.. plain[output].Select(value => value * Math.Pow(4, volume))], louder[output], 1e-8);
            }
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void UpdatesAndPreviewsAllocateNothing(string name) => ForEachCase(name, (indicator, create) =>
    {
        foreach (Bar bar in TestBars.Walk.Bars) Use(indicator, in bar);
        Bar[] bars = TestBars.Walk.Bars;
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < bars.Length; i++) Use(indicator, in bars[i]);
        }));

        static void Use(Indicator indicator, in Bar bar)
        {
            indicator.Preview(in bar);
            indicator.Update(in bar);
            for (int output = 0; output < indicator.OutputCount; output++) _ = indicator[output];
        }
    });

    [Theory, MemberData(nameof(Names))]
    public void ItReadsAnyOtherIndicator(string name)
    {
        IndicatorDescription description = IndicatorLibrary.BuiltIn.Find(name);
        double[] arguments = IndicatorCases.UsualOf(description);
        Indicator inner = description.Input == IndicatorInput.Bar ? new HeikinAshi() : new Ema(3);
        Indicator chained = description.Input == IndicatorInput.Bar ? description.Create(arguments, bars: ((IMakesBars)inner).Made) : description.Create(arguments, inner, Source.Open);
        Indicator plain = description.Input == IndicatorInput.Bar ? description.Create(arguments) : description.Create(arguments, Source.Close, Source.Open);
        Assert.Equal(plain.WarmUp + inner.WarmUp - 1, chained.WarmUp);
        foreach (Bar bar in TestBars.Walk.Bars)
        {
            double preview = chained.Preview(in bar);
            inner.Update(in bar);
            chained.Update(in bar);
            Bar made = inner is HeikinAshi ? bar with { Open = inner[0], High = inner[1], Low = inner[2], Close = inner[3] } : bar with { Close = inner.Value };
            if (inner.IsReady) plain.Update(in made);
            Assert.Equal(plain.Value, chained.Value);
            Assert.Equal(plain.Value, preview);
        }
        Assert.True(chained.IsReady);
    }

    [Theory, MemberData(nameof(Names))]
    public void AFollowerReadsItsLeader(string name) => ForEachCase(name, (leader, create) =>
    {
        Indicator follower = create();
        follower.Follow(leader);
        foreach (Bar bar in TestBars.Walk.Bars)
        {
            Assert.Equal(leader.Preview(in bar), follower.Preview(in bar));
            leader.Update(in bar);
            for (int output = 0; output < leader.OutputCount; output++) Assert.Equal(leader[output], follower[output]);
        }
    });

    [Theory, MemberData(nameof(Names))]
    public void ItsNameReadsBackAsItself(string name) => ForEachCase(name, (indicator, create) =>
    {
        Assert.Equal(indicator.Name, IndicatorLibrary.BuiltIn.Create(indicator.Name).Name);
        Assert.Matches("^[a-z][A-Za-z0-9]*$", name);
        Assert.All(indicator.Description.Outputs, output => Assert.Matches("^[a-z][A-Za-z0-9]*$", output));
        Assert.Equal(indicator.Description.Outputs.Count, indicator.Description.Outputs.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.NotEmpty(indicator.Description.Source);
        Assert.Throws<ArgumentOutOfRangeException>(() => indicator[indicator.OutputCount]);
        Assert.Throws<ArgumentOutOfRangeException>(() => indicator[-1]);
    });

    private static void ForEachCase(string name, Action<Indicator, Func<Indicator>> test)
    {
        IndicatorDescription description = IndicatorLibrary.BuiltIn.Find(name);
        foreach (double[] arguments in IndicatorCases.ArgumentsOf(description)) test(description.Create(arguments), () => description.Create(arguments));
    }

    private static void SameOutputs(Indicator indicator, double[][] expected, int i)
    {
        for (int output = 0; output < indicator.OutputCount; output++) Assert.True(expected[output][i].Equals(indicator[output]), $"{indicator.ColumnName(output)} at bar {i}: {expected[output][i]:R} expected, {indicator[output]:R} found.");
    }

    private static Indicator Restored(Indicator indicator, Indicator empty)
    {
        Snapshot written = Snapshot.ForWriting();
        indicator.Sync(written);
        Snapshot read = Snapshot.ForReading(written.ToArray());
        empty.Sync(read);
        Assert.True(read.IsAtEnd);
        return empty;
    }
}
