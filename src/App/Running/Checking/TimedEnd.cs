using Tradewind.Core.Engine;
using Tradewind.Core.Risk;
using Tradewind.Live;

namespace Tradewind.App.Running.Checking;

/// <summary>
/// Brings a session at a simulator to an end at which it can be checked: the faults stop, nothing more is opened, and once the account is
/// known and no order is on its way, the market halts, so that nothing changes any more.
/// </summary>
/// <param name="account">The simulator's number of the account that is traded.</param>
internal sealed class TimedEnd(SimulatorHand simulator, long account, LiveRunner runner, StatusBoard board, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>How long what was on its way when the market halted may take to arrive; what differs then is told by the check.</summary>
    private static readonly TimeSpan Arriving = TimeSpan.FromSeconds(10);

    /// <summary>How long the account may take to be known again; what is not settled then is told by the check.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>How often each fault struck.</summary>
    public IReadOnlyDictionary<string, int> Struck { get; private set; } = new Dictionary<string, int>();

    /// <summary>Since the faults stopped, until the account was known and nothing was on its way; null where that did not come about.</summary>
    public TimeSpan? Settled { get; private set; }

    /// <summary>Completes when the session can be stopped.</summary>
    public async Task RunAsync(TimeSpan length, CancellationToken cancel)
    {
        await Task.Delay(length, time, cancel).ConfigureAwait(false);
        Struck = await simulator.HealAsync(cancel).ConfigureAwait(false);
        await runner.SendAsync(new Command(CommandKind.Pause), cancel: cancel).ConfigureAwait(false);
        long healed = time.GetTimestamp();
        while (!IsSettled(board.View) && time.GetElapsedTime(healed) < Patience) await Task.Delay(Between, time, cancel).ConfigureAwait(false);
        if (IsSettled(board.View)) Settled = time.GetElapsedTime(healed);
        await simulator.HaltAsync(cancel).ConfigureAwait(false);
        long halted = time.GetTimestamp();
        while (!HasArrived(board.View, await simulator.TruthAsync(account, cancel).ConfigureAwait(false)) && time.GetElapsedTime(halted) < Arriving) await Task.Delay(Between, time, cancel).ConfigureAwait(false);
    }

    /// <summary>The engine has heard of all that happened before the halt, as far as positions and working orders show it.</summary>
    private static bool HasArrived(RunView? view, SimulatorTruth truth) => view is not null
        && view.Instruments.All(row => row.Position == truth.Positions.GetValueOrDefault(row.Symbol))
        && view.Working.Count == truth.Orders.Count(order => order.Value.IsLive && order.Key.StartsWith("tw-", StringComparison.Ordinal));

    private static bool IsSettled(RunView? view) => view is { State: not TradingState.Active, Account.State: AccountState.Synced }
        && view.Working.All(order => order.Status is "Working" && order.Purpose != "Target");
}
