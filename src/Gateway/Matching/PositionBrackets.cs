using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Matching;

/// <summary>In the platform's default mode: attaches a stop and a target, by amounts of money, to what an account holds, anew whenever that changes.</summary>
internal sealed class PositionBrackets(TradingVenue venue, OrderLife life)
{
    private readonly Dictionary<(int Account, string Contract), List<VenueOrder>> _attached = [];

    public void Follow(TradingAccount account, ContractMonth contract)
    {
        if ((account.Options.PositionStopLoss ?? account.Options.PositionTakeProfit) is not null) venue.After(venue.Options.BracketDelay, () => Attach(account, contract));
    }

    /// <summary>Takes over the legs of an earlier process, and attaches anew what it was about to attach.</summary>
    public void Resume(TradingAccount account)
    {
        IEnumerable<VenueOrder> legs = account.Unfinished.Where(order => order is { IsPlatforms: true, ParentId: null, Type: OrderType.Limit or OrderType.Stop });
        foreach (IGrouping<ContractMonth, VenueOrder> same in legs.GroupBy(order => order.Contract)) _attached[(account.Id, same.Key.Id)] = [.. same];
        foreach (ContractMonth contract in account.Holdings.Select(holding => holding.Contract).Concat(account.Unfinished.Select(order => order.Contract)).Distinct().ToArray()) Follow(account, contract);
    }

    private void Attach(TradingAccount account, ContractMonth contract)
    {
        if (_attached.Remove((account.Id, contract.Id), out List<VenueOrder>? old)) old.ForEach(order => life.Cancel(order));
        if (account.HoldingOf(contract) is not { } holding) return;
        var legs = new List<VenueOrder>(2);
        if (account.Options.PositionTakeProfit is { } profit) legs.Add(Leg(account, holding, OrderType.Limit, profit));
        if (account.Options.PositionStopLoss is { } loss) legs.Add(Leg(account, holding, OrderType.Stop, -loss));
        if (legs is [var target, var stop]) (target.Sibling, stop.Sibling) = (stop, target);
        _attached.Add((account.Id, contract.Id), legs);
        foreach (VenueOrder leg in legs) life.Work(account, leg);
    }

    /// <param name="amount">US dollars that the whole position makes at the leg's price, at least a tick.</param>
    private VenueOrder Leg(TradingAccount account, Holding holding, OrderType type, decimal amount)
    {
        Product product = holding.Contract.Product;
        decimal ticks = Math.Truncate(amount / (product.TickValue * Math.Abs(holding.Net)));
        if (ticks == 0) ticks = Math.Sign(amount);
        long average = (long)Math.Round(holding.AveragePrice / product.Instrument.TickSize, MidpointRounding.AwayFromZero);
        OrderSide side = holding.Net > 0 ? OrderSide.Ask : OrderSide.Bid;
        return venue.Entry.Leg(account, holding.Contract, type, side, Math.Abs(holding.Net), average + (long)ticks * Math.Sign(holding.Net));
    }
}
