using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Brokers.ProjectX.Trading;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Brackets;

/// <summary>
/// Gives the engine's protective orders the legs that the gateway made for the entry, so that there is one of each: a leg that works becomes
/// the engine's order, brought to its price and size first; one that is missing, held back or cannot be brought there is canceled and the
/// engine's own order placed.
/// </summary>
/// <remarks>All waits together stay below the time after which the engine closes what has no confirmed stop.</remarks>
internal sealed class LegDesk(LegBook book, AccountDriver driver, OrderClient client, AccountClient accounts, long accountId, OrderNumbers numbers, Background background, TimeProvider time)
{
    /// <summary>About 20 ms were seen from a fill to the legs; the rest is the network's.</summary>
    private static readonly TimeSpan Arrival = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a change or a cancel of a leg may take to show.</summary>
    private static readonly TimeSpan Effect = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StrayAge = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StrayAgain = TimeSpan.FromSeconds(2);

    /// <summary>Looks for the order among the legs.</summary>
    /// <returns>False where it is to be placed: the gateway has nothing in its place.</returns>
    public async Task<bool> TakeAsync(Order order, OrderTerms terms, string tag, CancellationToken stop)
    {
        int strategy = order.Share(0).Strategy;
        if (book.EntryFor(order.Instrument, VenueRows.SideOf(terms.Side), strategy) is not { } entry) return false;
        return terms.Purpose switch
        {
            OrderPurpose.StopLoss => await TakeLegAsync(entry, LegKind.Stop, order.Id, terms, tag, stop),
            OrderPurpose.TakeProfit => await TakeLegAsync(entry, LegKind.Target, order.Id, terms, tag, stop),
            _ => await ClearAsync(entry, order.Id, terms, tag, stop),
        };
    }

    /// <summary>Cancels legs that work and that the engine has not asked for: it closed, or protects, what they are for otherwise.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        if (driver.State != AccountState.Synced) return;
        foreach (Leg leg in book.Strays(StrayAge, StrayAgain)) await CancelAsync(leg, stop);
    }

    private async Task<bool> TakeLegAsync(BracketedEntry entry, LegKind kind, OrderId id, OrderTerms terms, string tag, CancellationToken stop)
    {
        LegKind otherKind = kind == LegKind.Stop ? LegKind.Target : LegKind.Stop;
        Leg? leg = await FindAsync(entry, kind, stop);
        Leg? other = book.FilledOf(entry, otherKind);
        if (leg is not null && await FitsAsync(leg, other, terms, stop)) return Claim(leg, id, tag);

        // The other one has closed the position already, and nobody has been told: its own order follows this one and asks for it.
        if (other is { IsFree: true }) return GiveWay(other, kind, id, tag, stop);
        if (other is not null && await IsToldAsync(other, stop)) return Drop(id, kind);
        if (leg is not null && await EndAsync(leg, stop)) return Claim(leg, id, tag);
        book.Replace(entry, kind, tag);
        return false;
    }

    /// <summary>The leg that nobody has asked for yet: waited for, and looked up once where the hub does not tell.</summary>
    private async Task<Leg?> FindAsync(BracketedEntry entry, LegKind kind, CancellationToken stop)
    {
        if (book.FreeOf(entry, kind) is null && !book.Ask(() => entry.IsOwed(kind))) return null;
        bool HasCome() => book.FreeOf(entry, kind) is { } leg ? leg.State != VenueOrderState.Suspended && leg.State != VenueOrderState.Pending : !entry.IsOwed(kind);
        if (!await book.WaitAsync(HasCome, Arrival, stop)) await LookUpAsync(book.FreeOf(entry, kind), stop);
        return book.FreeOf(entry, kind);
    }

    /// <summary>Whether the leg is as the order wants to be, or has filled; it is changed where it is not.</summary>
    private async Task<bool> FitsAsync(Leg leg, Leg? other, OrderTerms terms, CancellationToken stop)
    {
        decimal size = terms.Quantity - (other is { IsFree: true } ? other.Row.FillVolume : 0);
        bool IsDone() => leg.Row.FillVolume > 0 || (leg.IsWorking && leg.Shows(in terms, size));
        if (book.Ask(IsDone)) return true;
        if (!leg.IsWorking || size <= 0) return false;
        // A leg may be larger already, because the entry has filled on: the engine will ask for that as well.
        var request = new ModifyRequest
        {
            AccountId = accountId,
            OrderId = leg.Number,
            Size = leg.Row.Size < size ? (int)size : null,
            LimitPrice = leg.Kind == LegKind.Target ? terms.LimitPrice : null,
            StopPrice = leg.Kind == LegKind.Stop ? terms.StopPrice : null,
        };
        VenueAnswer? answer = await WithinAsync(client.ModifyAsync(request, RestLane.Protection, stop), stop);
        if (answer is { Kind: VenueAnswerKind.NotSent }) return false;
        if (!await book.WaitAsync(IsDone, Effect, stop)) await LookUpAsync(leg, stop);
        return book.Ask(IsDone);
    }

    /// <summary>An order that closes, while legs work that the engine does not know yet: both together would turn the position.</summary>
    private async Task<bool> ClearAsync(BracketedEntry entry, OrderId id, OrderTerms terms, string tag, CancellationToken stop)
    {
        Leg[] free = book.Ask<Leg[]>(() => [.. entry.Legs.Where(leg => leg.IsFree && (leg.IsWorking || leg.IsFilled))]);
        if (free.Length == 0) return false;
        await Task.WhenAll(free.Select(leg => EndAsync(leg, stop)));
        return book.Ask(() => Array.Find(free, leg => leg.IsFree && leg.IsFilled && leg.Row.FillVolume == terms.Quantity)) is { } filled && Claim(filled, id, tag);
    }

    /// <summary>Cancels a leg and waits a moment for its end.</summary>
    /// <returns>True when it filled instead.</returns>
    private async Task<bool> EndAsync(Leg leg, CancellationToken stop)
    {
        if (!leg.State.IsFinal())
        {
            await CancelAsync(leg, stop);
            await book.WaitAsync(() => leg.State.IsFinal(), Effect, stop);
        }
        return leg.Row.FillVolume > 0;
    }

    /// <summary>Whether the synchroniser has been told of all that the leg filled, within a moment: then the engine is about to learn that the position is closed.</summary>
    private Task<bool> IsToldAsync(Leg leg, CancellationToken stop) => book.WaitAsync(() => leg.Told >= leg.Row.FillVolume, AnswerPatience, stop);

    private bool Claim(Leg leg, OrderId id, string tag)
    {
        VenueOrder row = book.Claim(leg, tag);
        numbers.Learn(tag, leg.Number);
        driver.Do((sync, now) =>
        {
            sync.OnSent(id, VenueAnswer.Taken(VenueRows.Id(leg.Number)), now);
            sync.On(in row, now);
        });
        return true;
    }

    /// <summary>Lets the order that the filled leg really is come first, so that its fill is booked there; where the engine has no such order, the leg stands for this one.</summary>
    private bool GiveWay(Leg other, LegKind kind, OrderId id, string tag, CancellationToken stop)
    {
        background.Run(async cancel =>
        {
            await book.WaitAsync(() => !other.IsFree, AnswerPatience, cancel);
            if (book.Ask(() => other.IsFree)) Claim(other, id, tag);
            else
            {
                // The position is closed whether its execution has been told or not; a stop for nothing could open another one.
                for (int i = 0; i < 2 && !await IsToldAsync(other, cancel); i++) await LookUpAsync(other, cancel);
                Drop(id, kind);
            }
        }, stop);
        return true;
    }

    private bool Drop(OrderId id, LegKind kind)
    {
        string text = kind == LegKind.Stop ? "The target of the same bracket has filled: there is nothing left to protect." : "The stop of the same bracket has filled: there is nothing left to take profit of.";
        driver.Do((sync, now) => sync.OnSent(id, VenueAnswer.Refused(text), now));
        return true;
    }

    /// <summary>Asks for one leg by its number, or for all orders that work where the leg was never told.</summary>
    private async Task LookUpAsync(Leg? leg, CancellationToken stop)
    {
        Task<RestResult<IReadOnlyList<OrderRow>>> asked = leg is null ? accounts.WorkingOrdersAsync(accountId, stop) : accounts.OrderAsync(accountId, leg.Number, stop);
        RestResult<IReadOnlyList<OrderRow>>? answer = await WithinAsync(asked, stop);
        if (answer is not { IsSuccess: true }) return;
        foreach (OrderRow row in answer.Value) driver.OnListed(row);
    }

    private Task<VenueAnswer> CancelAsync(Leg leg, CancellationToken stop) => WithinAsync(client.CancelAsync(new() { AccountId = accountId, OrderId = leg.Number }, stop), stop);

    /// <summary>The answer, or nothing after a while: a protective order cannot wait for one that does not come.</summary>
    private async Task<T?> WithinAsync<T>(Task<T> asked, CancellationToken stop)
    {
        await Task.WhenAny(asked, Task.Delay(AnswerPatience, time, stop));
        stop.ThrowIfCancellationRequested();
        return asked.IsCompleted ? await asked : default;
    }
}
