using System.Globalization;
using Tradewind.App.Terminal;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Engine;
using Tradewind.Live;
using Tradewind.Storage.Sqlite;

namespace Tradewind.App.Running.Checking;

/// <summary>The end of a session that was given a length: stops it, and compares its three books where that was wanted.</summary>
internal sealed class SessionEnd(RunOptions options, Uri gateway, ProjectXAccount? account, Surroundings around) : IDisposable
{
    /// <summary>The database's recorder has ended by then; the simulator stands still.</summary>
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(10);

    private readonly SimulatorHand _simulator = new(gateway);
    private TimedEnd? _end;
    private bool _isOver;

    public void Dispose() => _simulator.Dispose();

    /// <summary>Completes when the session is to be stopped by itself; never where it has no length.</summary>
    public async Task RunAsync(LiveRunner runner, StatusBoard board, CancellationToken cancel)
    {
        if (options.Length is not { } length) await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false);
        else if (!options.Verify || account is null) await Task.Delay(length, around.Time, cancel).ConfigureAwait(false);
        else
        {
            _end = new(_simulator, account.Id, runner, board, around.Time);
            await _end.RunAsync(length, cancel).ConfigureAwait(false);
        }
        _isOver = true;
    }

    /// <summary>Says what the comparison found, where one was wanted and the session was not ended before its time.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> CheckAsync(Engine engine, SqliteStore store, string session)
    {
        if (!options.Verify || account is null) return ExitCode.Done;
        if (_end is null || !_isOver)
        {
            around.SayNote("The session was ended before its time, so nothing was compared.");
            return ExitCode.Done;
        }
        using var limit = new CancellationTokenSource(AskLimit, around.Time);
        SimulatorTruth truth = await _simulator.TruthAsync(account.Id, limit.Token).ConfigureAwait(false);
        using RunQueries database = store.Ask();
        IReadOnlyList<CheckRow> rows = SessionCheck.Compare(engine, database, session, truth);
        Table.Write(around, ["compared", "engine", "database", "simulator", ""], rows.Select(row => new[] { row.What, row.Engine ?? "", row.Database ?? "", row.Simulator ?? "", row.Differs ? "DIFFERS" : "" }));
        SayFaults(_end);
        bool differs = rows.Any(row => row.Differs);
        around.Output.WriteLine(differs ? "Engine, database and simulator differ." : "Engine, database and simulator agree.");
        return differs ? ExitCode.Difference : ExitCode.Done;
    }

    private void SayFaults(TimedEnd end)
    {
        if (end.Struck.Count > 0)
            around.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Faults: {end.Struck.Values.Count(struck => struck > 0)} of {end.Struck.Count} kinds struck, {end.Struck.Values.Sum():N0} times together: {string.Join(", ", end.Struck.OrderByDescending(fault => fault.Value).Select(fault => $"{fault.Key} {fault.Value}"))}."));
        around.Output.WriteLine(end.Settled is { } settled
            ? string.Create(CultureInfo.InvariantCulture, $"The account was known, with nothing on its way, {settled.TotalSeconds:0.0} s after the faults stopped.")
            : "The account was not known, or orders were on their way, when the patience after the faults ended.");
    }
}
