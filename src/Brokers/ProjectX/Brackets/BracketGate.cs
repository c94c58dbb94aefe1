using System.Globalization;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Brokers.ProjectX.Trading;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Brackets;

/// <summary>What an entry takes along.</summary>
/// <param name="Refusal">Why the entry must not be sent; null where it may.</param>
internal readonly record struct BracketLegs(BracketLeg? Stop, BracketLeg? Target, string? Refusal = null);

/// <summary>
/// Decides whether an entry takes its stop and target along. Whether the account lets it no call tells: it is found out before the first such
/// entry, by an order that the gateway must refuse either way, because its stop is on the wrong side; only the words of the refusal differ.
/// </summary>
/// <param name="probePrefix">What the tags of such orders begin with.</param>
/// <param name="tell">Is told what a person should know.</param>
internal sealed class BracketGate(BracketUse use, OrderClient client, long accountId, InstrumentMap instruments, string probePrefix, Action<string> tell)
{
    /// <summary>The gateway refuses legs that are nearer.</summary>
    private const int LeastTicks = 4;

    /// <summary>Below the market, so that the order would not fill at once even if the gateway took it; and not so far that its price is refused.</summary>
    private const double ProbePrice = 0.98;

    private const int ProbeTicks = 40;

    private readonly Lock _gate = new();
    private Task _probing = Task.CompletedTask;
    private bool? _isAllowed;
    private int _probes;

    /// <summary>What the entry takes along.</summary>
    public async Task<BracketLegs> LegsForAsync(Order order, string contract, CancellationToken stop)
    {
        if (use == BracketUse.Engine || order.Bracket is not { } bracket) return default;
        (BracketLeg? loss, BracketLeg? profit) = Legs(order, bracket, instruments.Instruments[order.Instrument].TickSize);
        if (loss is null && (profit is null || bracket.StopLoss != 0m)) return default;
        if (_isAllowed is null) await FindOutAsync(order, contract, stop);
        if (_isAllowed == true) return new(loss, profit);
        return use == BracketUse.Auto ? default
            : new(null, null, "The account does not let orders take their stop along: enable Auto OCO Brackets under Settings > Risk in the platform, or set brackets to auto or engine.");
    }

    /// <summary>The gateway refused an entry: where that was because of its legs, no later one takes any along.</summary>
    public void OnRefused(string? text)
    {
        if (!IsOfMode(text) || _isAllowed == false) return;
        _isAllowed = false;
        tell("The account takes no brackets any more: it is set to Position Brackets. The engine places stops and targets itself from now on, with the first fill.");
    }

    /// <summary>One probe at a time, whichever instrument asks.</summary>
    private Task FindOutAsync(Order order, string contract, CancellationToken stop)
    {
        lock (_gate) return _probing = _probing.IsCompleted && _isAllowed is null ? ProbeAsync(order, contract, stop) : _probing;
    }

    private async Task ProbeAsync(Order order, string contract, CancellationToken stop)
    {
        var request = new PlaceRequest
        {
            AccountId = accountId,
            ContractId = contract,
            Type = WireOrderType.Limit,
            Side = WireSide.Buy,
            Size = 1,
            LimitPrice = instruments.Instruments[order.Instrument].RoundToTick(order.ReferencePrice * ProbePrice),
            StopLossBracket = new(ProbeTicks, WireOrderType.Stop),
            CustomTag = probePrefix + (++_probes).ToString(CultureInfo.InvariantCulture),
        };
        VenueAnswer answer = await client.PlaceAsync(request, RestLane.Entry, stop);
        if (answer.Kind == VenueAnswerKind.Refused && IsOfMode(answer.Text)) _isAllowed = false;
        else if (answer.Kind == VenueAnswerKind.Refused && IsOfSide(answer.Text)) _isAllowed = true;
        else if (answer.Kind == VenueAnswerKind.Taken) await TakeBackAsync(answer.VenueId!, stop);
    }

    /// <summary>A gateway that takes a stop on the wrong side is not one that this version knows.</summary>
    private async Task TakeBackAsync(string number, CancellationToken stop)
    {
        _isAllowed = false;
        await client.CancelAsync(new() { AccountId = accountId, OrderId = long.Parse(number, CultureInfo.InvariantCulture) }, stop);
        tell($"The gateway took order {number}, whose stop is on the wrong side; it was canceled. The engine places stops and targets itself.");
    }

    private static bool IsOfMode(string? text) => text?.Contains("Position Brackets", StringComparison.OrdinalIgnoreCase) ?? false;

    private static bool IsOfSide(string? text) => text?.Contains("stop loss ticks", StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>Signed ticks from where the entry is expected to fill; null for a leg that the gateway would refuse.</summary>
    private static (BracketLeg? Stop, BracketLeg? Target) Legs(Order order, PlannedBracket bracket, decimal tick)
    {
        decimal from = order.Type switch
        {
            OrderType.Limit => order.LimitPrice,
            OrderType.Stop or OrderType.StopLimit => order.StopPrice,
            _ => Math.Round((decimal)order.ReferencePrice / tick) * tick,
        };
        int sign = order.Side == Side.Buy ? 1 : -1;
        BracketLeg? Of(decimal price, int side, WireOrderType type)
        {
            decimal ticks = Math.Round((price - from) / tick);
            return price != 0m && side * sign * ticks >= LeastTicks && Math.Abs(ticks) < int.MaxValue ? new((int)ticks, type) : null;
        }
        return (Of(bracket.StopLoss, -1, WireOrderType.Stop), Of(bracket.TakeProfit, 1, WireOrderType.Limit));
    }
}
