using Tradewind.Conformance.Desk;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Engine;
using Tradewind.Core.Risk;

namespace Tradewind.Conformance;

/// <summary>Plays cards, each on a venue of its own, and holds each against what must be true of every one of them.</summary>
public sealed class CardPlayer(ITestBench bench, TimeProvider time)
{
    /// <returns>Also for a card that fails; only a bench that cannot open a venue throws.</returns>
    public async Task<CardResult> PlayAsync(Card card, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(card);
        long started = time.GetTimestamp();
        await using ITestVenue venue = await bench.OpenAsync(card.Settings, cancel).ConfigureAwait(false);
        await using CardRun run = await CardRun.StartAsync(venue, SessionOf(card), cancel).ConfigureAwait(false);
        string? fault = null;
        try
        {
            await card.Play(run).ConfigureAwait(false);
            if (card.EndsFlat) await SettleAsync(run, cancel).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a card meets, the others are played.
        catch (Exception failure) when (failure is not OperationCanceledException || !cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            fault = failure is CardFailedException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}\n{run.Story}";
        }
        return new(card, time.GetElapsedTime(started), fault, [.. run.Measured]);
    }

    /// <summary>Unique for ever: a venue never takes an id twice, and a practice account is used for years.</summary>
    private string SessionOf(Card card) => $"c{card.Number}-{time.GetUtcNow().ToUnixTimeMilliseconds():x}";

    /// <summary>Nothing goes wrong any more: everything is closed, and then engine and venue must be of one mind in everything.</summary>
    private static async Task SettleAsync(CardRun run, CancellationToken cancel)
    {
        await run.Venue.HealAsync(cancel).ConfigureAwait(false);
        await run.UntilAsync("the account is synchronised at the end", now => now.State == AccountState.Synced).ConfigureAwait(false);
        await run.CommandAsync(CommandKind.Flatten).ConfigureAwait(false);
        // Flat: before the command is carried out the two may agree on what is about to be closed.
        await run.UntilAsync("engine and venue are flat and agree at the end", (now, truth) => now.IsQuiet && now.Net == 0 && Agree(now, truth)).ConfigureAwait(false);
        VenueTruth truth = await run.TruthAsync().ConfigureAwait(false);
        Compare(run, truth);
    }

    private static bool Agree(Standing now, VenueTruth truth) =>
        now.Net == truth.Net && now.Cash == truth.Balance && !truth.Live.Any(order => order.ClientId is not null && now.Orders.Any(ours => ours.IsAt(order)));

    private static void Compare(CardRun run, VenueTruth truth)
    {
        Standing now = run.Now;
        string?[] taken = [.. truth.Commands.Where(command => command is { Call: VenueCall.Submit, WasTaken: true }).Select(command => command.ClientId)];
        run.Expect("ids that the venue took twice", 0, taken.Length - taken.Distinct().Count());
        foreach (OrderLine order in now.Orders)
        {
            TrueOrder? there = truth.Orders.FirstOrDefault(order.IsAt);
            decimal filled = there is null ? 0 : truth.FilledOf(there);
            decimal booked = Math.Abs(now.Fills.Where(fill => fill.Order == order.Id).Sum(fill => fill.Quantity));
            // What was booked before a restart is in the order and not among this program's fills.
            if (filled == order.Filled) continue;
            if (filled != booked) run.Expect($"units of order {order.Id} that the engine booked, and the venue filled", filled, booked);
        }
        run.Note("orders sent and all executions", $"{now.Orders.Count} and {truth.Fills.Count}, the same in engine and venue");
    }
}
