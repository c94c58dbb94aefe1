using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using static Tradewind.Core.Tests.Engine.ExecutionSteps;

namespace Tradewind.Core.Tests.Engine;

/// <summary>What each algorithm sends when, worked out by hand.</summary>
public sealed class ExecutionAlgorithmTests
{
    [Fact]
    public void AnIcebergShowsOnePartAfterTheOther()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, OrderType = OrderType.Limit, LimitPrice = 4999, Execution = new Iceberg(3) });
        Order first = bench.Submitted.Single();
        Assert.Equal((3m, OrderType.Limit, 4999m), (first.Quantity, first.Type, first.LimitPrice));
        bench.Accept(first);
        bench.Fill(first, 2, 4999m);
        bench.Bar(5000);
        Assert.Single(bench.Submitted);
        bench.Fill(first, 1, 4999m);
        bench.Complete(bench.Submitted.Last(), 4999m);
        bench.Complete(bench.Submitted.Last(), 4999m);
        Assert.Equal([3m, 3m, 2m], bench.Submitted.Select(child => child.Quantity));
        Assert.Equal((8m, ExecutionState.Done), (bench.Net, State(bench).State));
    }

    [Fact]
    public void AnIcebergWhoseTimeIsOverSendsTheRestAtTheMarketOnlyWhereThatIsAskedFor()
    {
        foreach (Leftover leftover in Enum.GetValues<Leftover>())
        {
            Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, OrderType = OrderType.Limit, LimitPrice = 4999, Execution = new Iceberg(3) { Over = TimeSpan.FromMinutes(2), Leftover = leftover } });
            Order shown = bench.Submitted.Single();
            bench.Accept(shown);
            bench.Fill(shown, 1, 4999m);
            bench.Wait(TimeSpan.FromSeconds(119));
            Assert.Empty(bench.Canceled);
            bench.Wait(TimeSpan.FromSeconds(1));
            Assert.Equal([shown], bench.Canceled);
            Assert.Single(bench.Submitted);
            bench.Cancel(shown);
            if (leftover == Leftover.Leave)
            {
                Assert.Equal((ExecutionState.Over, 1m, 0m), State(bench));
                Assert.Single(bench.Submitted);
                continue;
            }
            Order rest = bench.Submitted.Last();
            Assert.Equal((7m, OrderType.Market, 0m), (rest.Quantity, rest.Type, rest.LimitPrice));
            bench.Complete(rest, 5000m);
            Assert.Equal((ExecutionState.Done, 8m, 0m), State(bench));
        }
    }

    [Fact]
    public void ParticipationFollowsWhatIsTraded()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 5, Execution = new Participation(0.25) });
        Assert.Empty(bench.Submitted);
        List<decimal> sent = [];
        // A quarter of 3, 7, 8, 30 and 40 traded so far.
        foreach (double size in (double[])[3, 4, 1, 22, 10])
        {
            bench.Wait(TimeSpan.FromSeconds(1));
            bench.Give(new Input(0, new Trade(bench.Engine.Now, 5000, size)));
            sent.Add(bench.Submitted.Sum(child => child.Quantity));
            foreach (Order child in bench.Submitted.ToArray()) if (child.RemainingQuantity > 0) bench.Complete(child, 5000m);
        }
        Assert.Equal([0m, 1m, 2m, 5m, 5m], sent);
    }

    [Fact]
    public void ParticipationSendsNoMoreThanItsMostAtATime()
    {
        Bench bench = Started(new Wish(SignalAction.Sell, "test") { Quantity = 10, Execution = new Participation(0.5) { Most = 2 } });
        bench.Give(new Input(0, new Trade(bench.Engine.Now, 5000, 12)));
        Assert.Equal([2m], bench.Submitted.Select(child => child.Quantity));
        bench.Complete(bench.Submitted.Last(), 5000m);
        bench.Complete(bench.Submitted.Last(), 5000m);
        bench.Complete(bench.Submitted.Last(), 5000m);
        Assert.Equal([2m, 2m, 2m], bench.Submitted.Select(child => child.Quantity));
        Assert.Equal((ExecutionState.Running, 6m, 0m), State(bench));
    }

    [Fact]
    public void VwapSlicesByTheUsualVolumeOfTheTime()
    {
        var bench = new Bench(new AtTheSecondHourOfDayFour(new Vwap(TimeSpan.FromHours(2), 4)));
        // Three days on which the second hour trades 10 a minute and the third one 30.
        for (int day = 0; day < 3; day++) Day(bench, day, hours: 24);
        Day(bench, 3, hours: 4);
        // Of 80: half an hour of 10 and one of 30 each twice, in eighths 1, 1, 3, 3.
        Assert.Equal([10m, 10m, 30m, 30m], bench.Submitted.Select(child => child.Quantity));
        Assert.Empty(bench.Alerts);
    }

    [Fact]
    public void VwapWithTooLittleHistorySlicesEvenlyAndSaysSo()
    {
        var bench = new Bench(new AtTheSecondHourOfDayFour(new Vwap(TimeSpan.FromHours(2), 4), day: 2));
        for (int day = 0; day < 2; day++) Day(bench, day, hours: 24);
        Day(bench, 2, hours: 4);
        Assert.Equal([20m, 20m, 20m, 20m], bench.Submitted.Select(child => child.Quantity));
        Assert.Contains(bench.Alerts, alert => alert.Contains("knows 2 whole sessions of the 3", StringComparison.Ordinal));
    }

    [Fact]
    public void JitterMovesASliceWithinItsOwnTimeOnly()
    {
        var twap = new Twap(TimeSpan.FromSeconds(100), 10) { Jitter = 1, Seed = 5 };
        var start = new ParentProgress(7, Bench.Start, Bench.Start, Bench.Start + TimeSpan.FromSeconds(100), 10m, 0);
        List<double> times = [];
        Pace pace = twap.PaceAt(in start);
        while (times.Count < 10)
        {
            Assert.Equal(times.Count, pace.Released);
            times.Add((pace.Next - Bench.Start).TotalSeconds);
            pace = twap.PaceAt(start with { Now = pace.Next });
        }
        for (int slice = 0; slice < 10; slice++) Assert.InRange(times[slice], slice * 10, slice * 10 + 10);
        Assert.True(times.Select((time, slice) => time - slice * 10).Distinct().Count() > 8);
        Assert.NotEqual(twap.PaceAt(in start).Next, (twap with { Seed = 6 }).PaceAt(in start).Next);
        Assert.NotEqual(twap.PaceAt(in start).Next, twap.PaceAt(start with { Number = 8 }).Next);
    }

    public static TheoryData<ExecutionAlgorithm> Unsound =>
    [
        new Iceberg(0), new Iceberg(-1), new Iceberg(1.5m), new Iceberg(2) { Over = TimeSpan.Zero }, new Participation(0), new Participation(1.1), new Participation(double.NaN),
        new Participation(0.5) { Most = -1 }, new Participation(0.5) { Most = 0.5m }, new Vwap(TimeSpan.Zero), new Vwap(TimeSpan.FromHours(1), 0),
    ];

    [Theory]
    [MemberData(nameof(Unsound))]
    public void SettingsOutOfRangeAreRefused(ExecutionAlgorithm execution)
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, OrderType = OrderType.Limit, LimitPrice = 4999, Execution = execution });
        Assert.Equal(SignalRefusal.ExecutionUnsound, bench.Of(OutputKind.SignalRefused).Single().SignalRefused.Reason);
    }

    [Fact]
    public void AnIcebergNeedsALimit()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, Execution = new Iceberg(2) });
        Assert.Equal(SignalRefusal.ExecutionUnsound, bench.Of(OutputKind.SignalRefused).Single().SignalRefused.Reason);
    }

    /// <summary>Minute bars of one day of UTC from its start on, filled at once.</summary>
    private static void Day(Bench bench, int day, int hours)
    {
        Timestamp open = ContinuousCalendar.Instance.SessionAt(Bench.Start).Close + TimeSpan.FromDays(day);
        for (int minute = 0; minute < hours * 60; minute++)
        {
            double volume = (minute / 60) switch { 1 => 10, 2 => 30, _ => 1 };
            Timestamp start = open + TimeSpan.FromMinutes(minute);
            bench.Give(new Input(0, new Bar(start, start + TimeSpan.FromMinutes(1), 5000, 5000, 5000, 5000, volume)));
            foreach (Order child in bench.Engine.Market(0).Working.ToArray()) bench.Give(new Input(bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, child.Id, child.Id.Value, child.RemainingQuantity, 5000m, 0)));
        }
    }

    private sealed class AtTheSecondHourOfDayFour : Strategy
    {
        private readonly Vwap _vwap;
        private readonly int _day;

        public AtTheSecondHourOfDayFour(Vwap vwap, int day = 3)
        {
            (_vwap, _day) = (vwap, day);
            UseVolumeCurve();
        }

        protected override void OnBar(in Bar bar)
        {
            Timestamp at = ContinuousCalendar.Instance.SessionAt(Bench.Start).Close + TimeSpan.FromDays(_day) + TimeSpan.FromHours(1);
            if (bar.End == at) Emit(new Wish(SignalAction.Buy, "test") { Quantity = 80, Execution = _vwap });
        }
    }
}
