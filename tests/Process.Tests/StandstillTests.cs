using Tradewind.Processes.Tests.Support;

namespace Tradewind.Processes.Tests;

/// <summary>
/// What else happens to processes: they stand still while the market goes on, the other side stands still with its sockets open, files may not grow, and somebody restarts in a
/// panic (F46, F61, F81, F98). Afterwards engine, venue and database agree as after a kill.
/// </summary>
public sealed class StandstillTests : IDisposable
{
    /// <summary>Longer than any answer may take, and than the market hub's keep-alive.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(20);

    private readonly KillRun _run = new();

    public StandstillTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task ASessionThatStoodStillWhileTheMarketWentOnComesIntoOrder()
    {
        await _run.OpenAsync(seed: 11);
        Session session = await TradingAsync();
        DateTimeOffset stopped = (await _run.Venue.TruthAsync()).Time;

        session.Stop();
        await _run.Venue.UntilAsync(truth => truth.Time - stopped > Standstill);
        session.Continue();

        await _run.ComeIntoOrderAsync(session);
        session.Interrupt();
        Assert.Equal(0, await session.EndAsync());
        await _run.EndAsync();
    }

    [Fact]
    public async Task AGatewayThatStandsStillWithOpenSocketsLosesAndDoublesNothing()
    {
        await _run.OpenAsync(seed: 12);
        Session session = await TradingAsync();

        _run.Venue.Process.Stop();
        await _run.UntilAsync(session, engine => !engine.IsSynced);
        _run.Venue.Process.Continue();

        await _run.ComeIntoOrderAsync(session);
        session.Interrupt();
        Assert.Equal(0, await session.EndAsync());
        await _run.EndAsync();
    }

    [Fact]
    public async Task AFileThatMayNotGrowPausesTheSessionAndEndsItInOrder()
    {
        await _run.OpenAsync(seed: 13, isLimited: false, "--rate", "2000");
        Session session = _run.Venue.TradeOnFullDisk("data", mebibytes: 6, "--journal-reserve", "4");

        Assert.Equal(1, await session.EndAsync());

        Assert.True(session.Error.Contains("are safe", StringComparison.Ordinal), session.Error);
        Session next = _run.Start(null);
        await _run.ComeIntoOrderAsync(next);
        next.Interrupt();
        Assert.Equal(0, await next.EndAsync());
        await _run.EndAsync();
    }

    [Fact]
    public async Task TwentyRestartsInAPanicSendNothing()
    {
        await _run.OpenAsync(seed: 14, isLimited: true);
        Session first = await TradingAsync();
        first.Kill();
        await first.EndAsync();
        Truth before = await _run.Venue.TruthAsync();
        _run.Bench.Configure(KillRun.Settings.Replace("\"1s\"", "\"1h\"", StringComparison.Ordinal));
        // The kill may have come between a fill and its stop: the first restart places what is missing, those in a panic nothing more.
        Session calm = _run.Start(null);
        await _run.ComeIntoOrderAsync(calm);
        calm.Kill();
        await calm.EndAsync();
        Truth after = await _run.Venue.TruthAsync();
        string tag = before.Placed.First();
        string sessionBefore = tag[..tag.LastIndexOf('-')];
        Assert.All(after.Orders.Where(order => order.Tag?.StartsWith(sessionBefore, StringComparison.Ordinal) == false),
            order => Assert.True(order.IsStop || order.Signed * before.Positions.GetValueOrDefault(order.Symbol) < 0, $"{order} neither protects nor closes."));
        int placed = after.Placed.Count();

        for (int restart = 0; restart < 20; restart++)
        {
            Session session = _run.Start(null);
            await session.PageAsync();
            session.Kill();
            await session.EndAsync();
        }

        Session last = _run.Start(null);
        await _run.ComeIntoOrderAsync(last);
        Assert.Equal(placed, (await _run.Venue.TruthAsync()).Placed.Count());
        last.Kill();
        await last.EndAsync();
        await _run.EndAsync();
    }

    /// <summary>A session that holds something.</summary>
    private async Task<Session> TradingAsync()
    {
        Session session = _run.Start(null);
        await _run.ComeIntoOrderAsync(session);
        await _run.Venue.UntilAsync(truth => truth.Trades >= 4 && truth.Positions.Count > 0);
        return session;
    }
}
