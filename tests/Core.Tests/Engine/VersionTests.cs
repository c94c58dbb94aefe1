using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A version of a strategy is swapped in a running engine: warmed up, compared, taking over, and back.</summary>
public sealed class VersionTests
{
    [Fact]
    public void AShadowOfTheSameCodeNeverDiffersAndChangesNoOrder()
    {
        Bench alone = With("same", () => new Cross(3, 7)), watched = With("same", () => new Cross(3, 7));

        for (int i = 0; i < 300; i++)
        {
            if (i == 50) Give(watched, CommandKind.TryVersion, "same");
            Minute(alone, i);
            Minute(watched, i);
        }

        // The first comparison is before the bar after the first on which both were asked.
        Assert.Equal(new ShadowCounters(249, 0), watched.Engine.Strategy(0).ShadowCounters);
        Assert.True(alone.Submitted.Count() > 10);
        Assert.Equal(alone.Submitted.Select(Words), watched.Submitted.Select(Words));
    }

    [Fact]
    public void ANewVersionIsReadyAtOnceAndDecidesAsIfItHadAlwaysRun()
    {
        Bench always = With("none", () => new Cross(5, 20), first: () => new Cross(5, 20)), swapped = With("slow", () => new Cross(5, 20));

        for (int i = 0; i < 300; i++)
        {
            if (i == 100) Give(swapped, CommandKind.TryVersion, "slow");
            if (i == 110) Give(swapped, CommandKind.TakeOver);
            Minute(always, i);
            Minute(swapped, i);
            if (i >= 110) Assert.Equal(always.Engine.Strategy(0).Wish!.Action, swapped.Engine.Strategy(0).Wish!.Action);
            if (i >= 112) Assert.Equal(always.Net, swapped.Net);
        }

        Assert.Equal("slow", swapped.Engine.Strategy(0).Version);
        Assert.True(swapped.Engine.Strategy(0).ShadowCounters.Differed > 0);
        Assert.Contains(swapped.Of(OutputKind.Alert), alert => alert.Text!.Contains("the new version wishes", StringComparison.Ordinal));
    }

    [Fact]
    public void AnIndicatorOfAnIndicatorIsWarmedAsIfItHadAlwaysRun()
    {
        Bench always = With("none", () => new Smooth(4), first: () => new Smooth(4)), swapped = With("smooth", () => new Smooth(4), first: () => new Smooth(3));

        for (int i = 0; i < 200; i++)
        {
            if (i == 150) Give(swapped, CommandKind.TryVersion, "smooth");
            if (i == 160) Give(swapped, CommandKind.TakeOver);
            Minute(always, i);
            Minute(swapped, i);
        }

        Indicator expected = always.Engine.Strategy(0).Indicators.Single(), found = swapped.Engine.Strategy(0).Indicators.Single();
        Assert.Equal(expected.Name, found.Name);
        Assert.Equal(expected.Value, found.Value, 1e-9);
    }

    [Fact]
    public void ASwapWaitsForAFlatPosition()
    {
        bool isLong = true;
        Bench bench = With("new", () => new Scripted((self, _) => self.Short()), first: () => new Scripted((self, _) => { if (isLong) self.Long(); else self.Flat(); }));
        Minute(bench, 0);
        Give(bench, CommandKind.SwapVersion, "new");

        for (int i = 1; i < 20; i++) Minute(bench, i);
        Assert.Null(bench.Engine.Strategy(0).Version);
        Assert.Equal(1m, bench.Net);

        isLong = false;
        Minute(bench, 20);
        Assert.Equal(0m, bench.Net);
        Minute(bench, 21);
        Assert.Equal("new", bench.Engine.Strategy(0).Version);
        Assert.Equal(-1m, bench.Net);
    }

    [Fact]
    public void OnRequestThePositionIsTakenOverAndTheWayBackIsOneStep()
    {
        Bench bench = With("new", () => new Scripted((self, _) => self.Short()), first: () => new Scripted((self, _) => self.Long()));
        Minute(bench, 0);
        Give(bench, CommandKind.TryVersion, "new");
        Minute(bench, 1);
        bench.Forget();

        Give(bench, CommandKind.TakeOver);
        Assert.Equal(1m, bench.Net);
        Assert.Empty(bench.Submitted);
        Minute(bench, 2);
        Assert.Equal(-1m, bench.Net);

        Give(bench, CommandKind.TakeOver);
        Assert.Null(bench.Engine.Strategy(0).Version);
        Assert.Equal("new", bench.Engine.Strategy(0).ShadowVersion);
        Minute(bench, 3);
        Assert.Equal(1m, bench.Net);

        Give(bench, CommandKind.DropVersion);
        Assert.False(bench.Engine.Strategy(0).HasShadow);
    }

    [Fact]
    public void TheWayBackLeadsOnlyToAVersionThatTraded()
    {
        Bench bench = With("new", () => new Scripted((self, _) => self.Short()), first: () => new Scripted((self, _) => self.Long()));
        Give(bench, CommandKind.RollBack);
        Assert.False(bench.Engine.WasCommandDone);
        Give(bench, CommandKind.TryVersion, "new");
        Minute(bench, 0);
        Give(bench, CommandKind.RollBack);
        Assert.False(bench.Engine.WasCommandDone);
        Assert.Null(bench.Engine.Strategy(0).Version);

        Give(bench, CommandKind.Promote);
        Assert.True(bench.Engine.WasCommandDone);
        Give(bench, CommandKind.Promote);
        Assert.False(bench.Engine.WasCommandDone);
        Assert.Equal("new", bench.Engine.Strategy(0).Version);
        Assert.Contains("Scripted: version of the start, which runs beside it, traded before: to go back to it is a rollback.", bench.Of(OutputKind.Alert).Select(alert => alert.Text));
        Give(bench, CommandKind.RollBack);
        Assert.True(bench.Engine.WasCommandDone);
        Assert.Null(bench.Engine.Strategy(0).Version);
        Assert.Equal("new", bench.Engine.Strategy(0).ShadowVersion);
        Assert.Equal(
            ["Scripted: there is no other version to go back to.", "Scripted: version new, which runs beside it, has not traded: there is nothing to go back to."],
            bench.Of(OutputKind.Alert).Select(alert => alert.Text!).Where(text => text.EndsWith("go back to.", StringComparison.Ordinal)));
    }

    [Fact]
    public void AVersionThatWasSuspendedIsNotAskedToTakeOverAgainAndAgain()
    {
        Bench bench = With("bad", () => new Scripted((_, _) => throw new InvalidOperationException("broken")), first: () => new Scripted((_, _) => { }));
        Give(bench, CommandKind.SwapVersion, "bad");
        for (int i = 0; i < 20; i++) Minute(bench, i);

        Assert.DoesNotContain(bench.Of(OutputKind.Alert), alert => alert.Text!.Contains("cannot take over", StringComparison.Ordinal));
    }

    [Fact]
    public void AShadowThatThrowsIsSuspendedAloneAndCannotTakeOver()
    {
        Bench bench = With("bad", () => new Scripted((_, _) => throw new InvalidOperationException("broken")), first: () => new Scripted((self, _) => self.Long()));
        Give(bench, CommandKind.SwapVersion, "bad");
        for (int i = 0; i < 5; i++) Minute(bench, i);
        bench.Forget();

        Give(bench, CommandKind.TakeOver);

        Assert.False(bench.Engine.Strategy(0).IsSuspended);
        Assert.Equal(1m, bench.Net);
        Assert.Null(bench.Engine.Strategy(0).Version);
        Assert.Equal("broken", bench.Engine.Strategy(0).ShadowFailure?.Message);
        Assert.Equal("Scripted: version bad cannot take over: InvalidOperationException: broken.", Assert.Single(bench.Of(OutputKind.Alert)).Text);
    }

    [Fact]
    public void ASuspendedStrategyActsAgainWhenItsNextVersionTakesOver()
    {
        Bench bench = With("mended", () => new Scripted((self, _) => self.Short()), first: () => new Scripted((_, _) => throw new InvalidOperationException("broken")));
        Give(bench, CommandKind.SwapVersion, "mended");

        Minute(bench, 0);
        Give(bench, CommandKind.TakeOver);
        Minute(bench, 1);

        Assert.False(bench.Engine.Strategy(0).IsSuspended);
        Assert.Equal(-1m, bench.Net);
    }

    [Fact]
    public void AnUnknownVersionChangesNothingAndIsTold()
    {
        Bench bench = With("new", () => new Scripted((self, _) => self.Short()));

        Give(bench, CommandKind.TryVersion, "other");
        Give(bench, CommandKind.TakeOver);

        Assert.False(bench.Engine.Strategy(0).HasShadow);
        Assert.Equal(["Cross: version other cannot run: there is no other.", "Cross: there is no other version to take over."], bench.Of(OutputKind.Alert).Select(alert => alert.Text));
    }

    [Fact]
    public void TheSameInputsWithTheSameCommandsGiveTheSameHash()
    {
        ulong[] hashes = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            Bench bench = With("slow", () => new Cross(5, 20));
            for (int i = 0; i < 300; i++)
            {
                if (i == 60) Give(bench, CommandKind.SwapVersion, "slow");
                if (i == 200) Give(bench, CommandKind.TakeOver);
                Minute(bench, i);
            }
            return bench.Engine.OutputHash;
        })];

        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public void ASnapshotWithASwappedVersionIsRefused()
    {
        Bench bench = With("slow", () => new Cross(5, 20));
        Give(bench, CommandKind.TryVersion, "slow");

        Assert.Contains("replay the journal", Assert.Throws<InvalidOperationException>(bench.Engine.TakeSnapshot).Message, StringComparison.Ordinal);
    }

    private static Bench With(string version, Func<Strategy> make, Func<Strategy>? first = null) =>
        new(Bench.Options() with { Versions = new Known(version, make), RecentBars = 100 }, (first ?? (() => new Cross(3, 7)))());

    private static void Give(Bench bench, CommandKind kind, string? version = null) => bench.Give(new Input(bench.Engine.InputCount == 0 ? Bench.Start : bench.Engine.Now, new Command(kind), version));

    /// <summary>A bar of a path in waves, and the venue fills what was ordered at its close.</summary>
    private static void Minute(Bench bench, int number)
    {
        double close = 5000 + Math.Round((Math.Sin(number / 5.0) * 10 + Math.Sin(number / 1.7) * 4) * 4) / 4;
        int before = bench.Submitted.Count();
        bench.Bar(close);
        foreach (Order order in bench.Submitted.Skip(before).ToArray()) bench.Complete(order, (decimal)close);
    }

    private static string Words(Order order) => $"{order.Created} {order.Side} {order.Quantity}";

    private sealed class Known(string version, Func<Strategy> make) : IStrategyVersions
    {
        public Strategy Create(string strategy, string wanted, Instrument instrument) => wanted == version ? make() : throw new ArgumentException($"there is no {wanted}");
    }

    private sealed class Cross : Strategy
    {
        private readonly Sma _fast;
        private readonly Sma _slow;

        public Cross(int fast, int slow)
        {
            _fast = Use(new Sma(fast));
            _slow = Use(new Sma(slow));
        }

        protected override void OnBar(in Bar bar)
        {
            if (_fast.Value > _slow.Value) Buy("above");
            else Sell("not above");
        }
    }

    private sealed class Smooth : Strategy
    {
        private readonly Sma _smooth;

        public Smooth(int length) => _smooth = Use(new Sma(length, new Rsi(5)));

        protected override void OnBar(in Bar bar)
        {
            if (_smooth.Value > 50) Buy("strong");
            else Sell("weak");
        }
    }
}
