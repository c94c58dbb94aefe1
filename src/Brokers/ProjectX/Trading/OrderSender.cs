using System.Globalization;
using Tradewind.Brokers.ProjectX.Brackets;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>Brings the engine's orders, changes and cancels to the gateway, each once, and reports what became of each to the synchroniser.</summary>
/// <remarks>
/// Calls of one instrument come one after the other, and each waits for the answer to the one before, so that they arrive in their order;
/// but no longer than a moment, for an answer that does not come must not hold up a protective order.
/// </remarks>
internal sealed class OrderSender(
    AccountDriver driver, OrderClient client, long accountId, ClientIds ids, OrderNumbers numbers, InstrumentMap instruments, OwnExpiry expiry, TrailWatch trails, AttachedOrders attached, LegBook legs, LegDesk desk, BracketGate brackets, RiskDoor? door, Background background, TimeProvider time, CancellationToken stop)
{
    private static readonly TimeSpan InStep = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a cancel or a change waits for the order's number, which the answer to its placing or the hub tells.</summary>
    private static readonly TimeSpan NumberPatience = TimeSpan.FromSeconds(2);

    /// <summary>Of the gateway's words for a market that is closed or halted, which comes with no code of its own and while quotes flow on.</summary>
    private const string NotTrading = "not in an active trading status";

    public async Task SubmitAsync(Order order)
    {
        string tag = ids.Of(order.Id);
        OrderIntent intent = OrderIntent.Of(order, tag);
        OrderTerms terms = TermsOf(order);
        bool leaves = false;
        driver.Do((sync, now) => leaves = sync.Sending(intent, now));
        if (!leaves) return;
        void Report(VenueAnswer answer) => driver.Do((sync, now) => sync.OnSent(intent.Order, answer, now));
        RestLane lane = LaneOf(order.Instrument, terms);
        if (lane == RestLane.Protection && order.TrailTicks == 0 && await desk.TakeAsync(order, terms, tag, stop)) return;
        BracketLegs taken = lane == RestLane.Entry && instruments.ContractOf(order.Instrument) is { } contract ? await brackets.LegsForAsync(order, contract, stop) : default;
        string? refusal = taken.Refusal ?? OwnExpiry.RefusalOf(terms) ?? await attached.RefusalOfAsync(order.Instrument, terms, isReducing: lane == RestLane.Protection, stop);
        if (refusal is not null || Request(order, terms, tag, lane, taken) is not { } request) Report(VenueAnswer.Refused(refusal ?? $"An order of {terms.Quantity} {instruments.Instruments[order.Instrument].Symbol} {terms.Type} cannot be written in the gateway's terms."));
        else
        {
            expiry.Watch(tag, order.Instrument, terms, order.Created);
            if (order.TrailTicks > 0) trails.Watch(tag, order.TrailTicks);
            if (lane == RestLane.Entry) legs.Leaving(tag, order.Instrument, request.Side, order.Share(0).Strategy, taken.Stop is not null, taken.Target is not null);
            await SendAsync(async leaving =>
            {
                VenueAnswer answer = await client.PlaceAsync(request, lane, stop, Unless(order, leaving));
                if (answer is { Kind: VenueAnswerKind.Taken, VenueId: { } id }) numbers.Learn(tag, long.Parse(id, CultureInfo.InvariantCulture));
                if (answer.Kind is VenueAnswerKind.Refused or VenueAnswerKind.NotSent or VenueAnswerKind.Withheld) legs.Refused(tag);
                if (answer.Kind == VenueAnswerKind.Refused && (taken.Stop ?? taken.Target) is not null) brackets.OnRefused(answer.Text);
                if (answer.Kind == VenueAnswerKind.Refused && answer.Text?.Contains(NotTrading, StringComparison.OrdinalIgnoreCase) == true) driver.Tell(new(order.Instrument, default, new AccountEvent(AccountEventKind.NotTrading), answer.Text));
                Report(answer);
            });
        }
    }

    public Task ModifyAsync(Order order, OrderTerms terms)
    {
        OrderId id = order.Id;
        driver.Do((sync, now) => sync.Modifying(id, terms, now));
        RestLane lane = LaneOf(order.Instrument, terms);
        void Report(VenueAnswer answer) => driver.Do((sync, now) => sync.OnModifySent(id, answer, now));
        return SendAsync(async leaving =>
        {
            if (await NumberOfAsync(id) is not { } number || !IsWhole(terms.Quantity)) Report(VenueAnswer.NotSent("The gateway has not told the order's number yet, so it cannot be changed."));
            else
            {
                var request = new ModifyRequest { AccountId = accountId, OrderId = number, Size = (int)terms.Quantity, LimitPrice = Price(terms.LimitPrice), StopPrice = order.TrailTicks > 0 ? null : Price(terms.StopPrice) };
                Report(await client.ModifyAsync(request, lane, stop, Unless(order, leaving)));
            }
        });
    }

    public Task CancelAsync(Order order)
    {
        OrderId id = order.Id;
        driver.Do((sync, now) => sync.Canceling(id, now));
        void Report(VenueAnswer answer) => driver.Do((sync, now) => sync.OnCancelSent(id, answer, now));
        return SendAsync(async leaving => Report(await NumberOfAsync(id) is { } number
            ? await client.CancelAsync(new() { AccountId = accountId, OrderId = number }, stop, leaving)
            : VenueAnswer.NotSent("The gateway has not told the order's number yet, so it cannot be canceled.")));
    }

    /// <summary>Returns once the call has left and was answered, or has left some time ago, or is over.</summary>
    private async Task SendAsync(Func<Action, Task> send)
    {
        var left = new TaskCompletionSource(Turns.Later);
        var over = new TaskCompletionSource(Turns.Later);
        background.Run(async _ =>
        {
            try
            {
                await send(() => left.TrySetResult());
            }
            finally
            {
                over.SetResult();
            }
        }, stop);
        await Task.WhenAny(left.Task, over.Task);
        await Task.WhenAny(over.Task, Task.Delay(InStep, time));
    }

    /// <summary>The call waited for its turn: what adds risk may have been forbidden meanwhile.</summary>
    private Action Unless(Order order, Action leaving) => () =>
    {
        door?.Pass(order);
        leaving();
    };

    private async Task<long?> NumberOfAsync(OrderId order)
    {
        try
        {
            return await numbers.OfAsync(ids.Of(order)).WaitAsync(NumberPatience, time, stop);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private PlaceRequest? Request(Order order, OrderTerms terms, string tag, RestLane lane, BracketLegs taken)
    {
        // Around a roll a position may still be in the earlier contract, and is closed there.
        string? contract = (lane == RestLane.Protection ? driver.ContractHeld(order.Instrument) : null) ?? instruments.ContractOf(order.Instrument);
        bool isTrailing = order.TrailTicks > 0;
        if (contract is null || !IsWhole(terms.Quantity) || VenueRows.TypeOf(terms.Type) is not { } type) return null;
        return new()
        {
            AccountId = accountId,
            ContractId = contract,
            Type = isTrailing ? WireOrderType.TrailingStop : type,
            Side = VenueRows.SideOf(terms.Side),
            Size = (int)terms.Quantity,
            LimitPrice = Price(terms.LimitPrice),
            StopPrice = isTrailing ? null : Price(terms.StopPrice),
            TrailPrice = isTrailing ? terms.StopPrice : null,
            StopLossBracket = taken.Stop,
            TakeProfitBracket = taken.Target,
            CustomTag = tag,
        };
    }

    private RestLane LaneOf(int instrument, in OrderTerms terms) => terms.Purpose != OrderPurpose.Target || driver.IsReducing(instrument, terms) ? RestLane.Protection : RestLane.Entry;

    private static OrderTerms TermsOf(Order order) => new(order.Side, order.Type, order.TimeInForce, order.Purpose, order.Quantity, order.LimitPrice, order.StopPrice);

    private static decimal? Price(decimal price) => price == 0 ? null : price;

    private static bool IsWhole(decimal quantity) => quantity == decimal.Truncate(quantity) && quantity is > 0 and <= int.MaxValue;
}
