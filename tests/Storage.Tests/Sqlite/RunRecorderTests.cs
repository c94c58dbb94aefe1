using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Sqlite;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Sqlite;

public sealed class RunRecorderTests : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);
    private static readonly RunNames Names = new([EngineRun.Coin.Symbol], EngineRun.Strategies);
    private static readonly Timestamp Started = Timestamp.FromUtc(2024, 1, 2);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private static StoredRun Run(string id, int hour = 0) => new(id, "paper", "demo", Started + TimeSpan.FromHours(hour), "0.1.0+abc", """{"strategies":[]}""", $"sessions/{id}.twj");

    [Fact]
    public void EveryOutputWorthStoringIsStored()
    {
        EngineRun run = EngineRun.Make(1, 60);
        RunQueries ask = Store(run, "r").Ask();
        int Of(OutputKind kind) => run.All.Count(entry => entry.Output.Kind == kind);
        const int all = 100_000;
        Assert.True(Of(OutputKind.FillBooked) > 10 && Of(OutputKind.RoundTripClosed) > 3 && Of(OutputKind.VoteCast) > 20, "the run must be eventful");
        Assert.Equal(Of(OutputKind.SignalRaised), ask.Signals("r", all).Count);
        Assert.Equal(Of(OutputKind.OrderSubmitted), ask.Orders("r", all).Count);
        Assert.Equal(Of(OutputKind.FillBooked), ask.Fills("r", all).Count);
        Assert.Equal(Of(OutputKind.RoundTripClosed), ask.RoundTrips("r", all).Count);
        Assert.Equal(Of(OutputKind.OrderDenied), ask.Denials("r", all).Count);
        Assert.Equal(run.Marks, ask.Equity("r", all));
        ask.Dispose();
    }

    [Fact]
    public void MoneyComesBackExactAndWithItsScale()
    {
        EngineRun run = EngineRun.Make(2, 80);
        using RunQueries ask = Store(run, "r").Ask();
        StoredFill[] fills = [.. ask.Fills("r", 100_000).Reverse()];
        (long Sequence, int Ordinal, Output Output)[] expected = [.. run.All.Where(entry => entry.Output.Kind == OutputKind.FillBooked)];
        for (int i = 0; i < expected.Length; i++)
        {
            Fill fill = expected[i].Output.Fill;
            Assert.Equal(expected[i].Sequence, fills[i].Sequence);
            Assert.Equal($"{fill.Quantity} {fill.Price} {fill.Fee} {fill.RealizedPnl} {fill.PositionAfter}", $"{fills[i].Quantity} {fills[i].Price} {fills[i].Fee} {fills[i].RealizedPnl} {fills[i].PositionAfter}");
        }
        foreach (StoredPosition position in ask.Positions("r"))
        {
            Assert.Equal(expected.Last(entry => EngineRun.Strategies[entry.Output.Fill.Strategy] == position.Strategy).Output.Fill.PositionAfter, position.Quantity);
        }
    }

    [Fact]
    public void AnOrderIsTracedToItsCauses()
    {
        EngineRun run = EngineRun.Make(3, 60);
        using RunQueries ask = Store(run, "r").Ask();
        foreach ((long sequence, _, Output output) in run.All.Where(entry => entry.Output.Kind == OutputKind.OrderSubmitted))
        {
            Order order = output.Order;
            OrderStory story = ask.Explain("r", order.Id.Value)!;
            Assert.Equal((sequence, order.Side, order.Quantity, OrderStatus.Filled, $"B-{order.Id.Value}"), (story.Order.Sequence, story.Order.Side, story.Order.Quantity, story.Order.Status, story.Order.BrokerOrderId));
            Assert.Equal(order.Quantity, story.Fills.Sum(fill => fill.Quantity));
            Assert.Equal(order.Side.Sign() * order.Quantity, story.Shares.Sum(share => share.Quantity));
            Assert.Equal([OrderStatus.Working, OrderStatus.Filled], story.Changes.Select(change => change.Status));
            Assert.Equal((order.Decision, sequence), (story.Decision!.Id, story.Decision.Sequence));
            Assert.Equal(VotesOf(run, order.Decision), story.Votes.Select(vote => $"{vote.Strategy} {vote.Signal} {vote.Action} {vote.Confidence} {vote.Weight}"));
            Assert.Equal(story.Votes.Select(vote => vote.Signal), story.Signals.Select(entry => entry.Signal.Id));
            Assert.All(story.Signals, entry => Assert.StartsWith("sma(", Assert.Single(entry.Indicators).Name, StringComparison.Ordinal));
            Assert.All(story.Signals, entry => Assert.EndsWith("above its average", entry.Signal.Reason, StringComparison.Ordinal));
            Assert.NotEmpty(story.Checks);
            Assert.All(story.Checks, check => Assert.True(check.Result.Limit == 2));
        }
        Assert.Null(ask.Explain("r", 999_999));
        Assert.Null(ask.Explain("other", 1));
    }

    [Fact]
    public void TheRunsEndAndHashAreStored()
    {
        EngineRun run = EngineRun.Make(4, 20);
        SqliteStore store = Store(run, "first");
        Store(run, "second", hour: 5);
        using RunQueries ask = store.Ask();
        Assert.Equal(["second", "first"], ask.Runs(10).Select(entry => entry.Id));
        StoredRun last = ask.Find("last");
        Assert.Equal(Run("second", 5) with { Ended = Started + TimeSpan.FromHours(1), FinalHash = run.FinalHash, Inputs = run.Inputs.Count }, last);
        Assert.Contains("found no run third", Assert.Throws<InputException>(() => ask.Find("third")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatDidNotEndHasNoEnd()
    {
        SqliteStore store = SqliteStore.Open(_directory["a.db"]);
        EngineRun run = EngineRun.Make(5, 20);
        using (RunRecorder recorder = store.Record(Run("crashed"), Names)) run.Record(recorder);
        using RunQueries ask = store.Ask();
        Assert.Null(ask.Find("crashed").Ended);
        Assert.NotEmpty(ask.Fills("crashed", 10));
    }

    [Fact]
    public void RecordingARunAgainAddsOnlyWhatWasMissing()
    {
        EngineRun run = EngineRun.Make(6, 60);
        SqliteStore store = SqliteStore.Open(_directory["a.db"]);
        using (RunRecorder partial = store.Record(Run("r"), Names))
        {
            for (int i = 0; i < run.Outputs.Count; i += 3) partial.Record(i + 1, run.Outputs[i]);
            partial.Complete(Started, 1, 1, Generous);
        }
        Store(run, "r");
        string twice = Dump(store);
        Store(run, "r");
        Assert.Equal(twice, Dump(store));
        SqliteStore fresh = SqliteStore.Open(_directory["b.db"]);
        Record(fresh, run, Run("r"));
        Assert.Equal(Dump(fresh), twice);
    }

    [Fact]
    public void ALockedDatabaseDelaysRowsAndLosesNone()
    {
        EngineRun run = EngineRun.Make(7, 60);
        SqliteStore store = SqliteStore.Open(_directory["a.db"], new() { LockTimeout = TimeSpan.FromSeconds(1) });
        using RunRecorder recorder = store.Record(Run("r"), Names);
        using (DatabaseLock.Take(_directory["a.db"]))
        {
            run.Record(recorder);
            Assert.True(SpinWait.SpinUntil(() => recorder.Health.Fault is not null, Generous));
            Assert.Contains("another program holds the database locked", recorder.Health.Fault!, StringComparison.Ordinal);
        }
        recorder.Complete(Started, run.Inputs.Count, run.FinalHash, Generous);
        Assert.Equal((0L, null), (recorder.Health.LeftOut, recorder.Health.Fault));
        using RunQueries ask = store.Ask();
        Assert.Equal(run.All.Count(entry => entry.Output.Kind == OutputKind.FillBooked), ask.Fills("r", 100_000).Count);
        Assert.Equal(run.FinalHash, ask.Find("r").FinalHash);
    }

    [Fact]
    public void WhatFindsTheQueueFullIsCountedAndCanBeAddedLater()
    {
        EngineRun run = EngineRun.Make(8, 60);
        SqliteStore store = SqliteStore.Open(_directory["a.db"], new() { LockTimeout = TimeSpan.FromSeconds(1), QueueCapacity = 64 });
        int worth = run.All.Count(entry => entry.Output.Kind is not (OutputKind.BarClosed or OutputKind.CancelRequested));
        using (RunRecorder recorder = store.Record(Run("r"), Names))
        {
            using (DatabaseLock.Take(_directory["a.db"])) run.Record(recorder); // returns although nothing can be stored
            recorder.Complete(Started, run.Inputs.Count, run.FinalHash, Generous);
            Assert.InRange(recorder.Health.LeftOut, worth - 2 * 64, worth - 64);
            using RunQueries ask = store.Ask();
            Assert.Equal(recorder.Health.LeftOut, ask.Find("r").LeftOut);
        }
        SqliteStore roomy = SqliteStore.Open(_directory["a.db"]);
        Record(roomy, run, Run("r"));
        using RunQueries again = roomy.Ask();
        Assert.Equal(0, again.Find("r").LeftOut);
        Assert.Equal(run.All.Count(entry => entry.Output.Kind == OutputKind.FillBooked), again.Fills("r", 100_000).Count);
    }

    [Fact]
    public void ACompletionThatCannotBeStoredSaysSo()
    {
        EngineRun run = EngineRun.Make(9, 20);
        SqliteStore store = SqliteStore.Open(_directory["a.db"], new() { LockTimeout = TimeSpan.FromSeconds(1) });
        using RunRecorder recorder = store.Record(Run("r"), Names);
        using DatabaseLock held = DatabaseLock.Take(_directory["a.db"]);
        run.Record(recorder);
        string message = Assert.Throws<StorageException>(() => recorder.Complete(Started, 1, 1, TimeSpan.FromMilliseconds(1))).Message;
        Assert.Contains("not in the database; the journal has them", message, StringComparison.Ordinal);
    }

    [Fact]
    public void OthersMayAskWhileARunIsRecorded()
    {
        EngineRun run = EngineRun.Make(10, 200);
        SqliteStore store = SqliteStore.Open(_directory["a.db"]);
        using RunRecorder recorder = store.Record(Run("r"), Names);
        using RunQueries ask = store.Ask();
        long seen = 0;
        foreach ((long sequence, _, Output output) in run.All)
        {
            recorder.Record(sequence, [output]);
            if (sequence % 50 != 0) continue;
            long now = ask.Fills("r", 100_000).Count;
            Assert.True(now >= seen);
            seen = now;
        }
        recorder.Complete(Started, 1, 1, Generous);
    }

    [Fact]
    public void SessionsThatTheDatabaseDoesNotKnowAreNamed()
    {
        var journals = new JournalDirectory(_directory.Root);
        foreach (string session in (string[])["known", "lost"])
        {
            using var writer = new JournalWriter(journals.PathOf(session), new(session, Started, "test", "{}"));
            writer.Complete(0);
        }
        using RunQueries ask = Store(EngineRun.Make(1, 5), "known").Ask();
        Assert.Equal(["lost"], ask.MissingRuns(journals));
    }

    private static IEnumerable<string> VotesOf(EngineRun run, long decision) =>
        from entry in run.All
        where entry.Output.Kind == OutputKind.VoteCast && entry.Output.VoteCast.Decision == decision
        let vote = entry.Output.VoteCast.Vote
        select $"{EngineRun.Strategies[vote.Strategy]} {vote.Signal} {vote.Action} {vote.Confidence} {vote.StrategyWeight}";

    private SqliteStore Store(EngineRun run, string id, int hour = 0)
    {
        SqliteStore store = SqliteStore.Open(_directory["a.db"]);
        Record(store, run, Run(id, hour));
        return store;
    }

    private static void Record(SqliteStore store, EngineRun run, StoredRun description)
    {
        using RunRecorder recorder = store.Record(description, Names);
        run.Record(recorder);
        recorder.Complete(Started + TimeSpan.FromHours(1), run.Inputs.Count, run.FinalHash, Generous);
    }

    private static string Dump(SqliteStore store)
    {
        using RunQueries ask = store.Ask();
        const int all = 100_000;
        object[] parts =
        [
            .. ask.Signals("r", all), .. ask.Orders("r", all), .. ask.Fills("r", all), .. ask.RoundTrips("r", all), .. ask.Denials("r", all), .. ask.Refusals("r", all),
            .. ask.Events("r", all), .. ask.Positions("r"), .. ask.Equity("r", all).Cast<object>(), .. ask.Orders("r", all).SelectMany(order => ask.Changes("r", order.Id)),
        ];
        return string.Join('\n', parts);
    }
}
