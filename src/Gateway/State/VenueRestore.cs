using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.State;

/// <summary>Puts what was kept back into a new venue, and has it go on with what was on its way. Working orders keep their prices and lose their places in the queue.</summary>
internal sealed class VenueRestore(TradingVenue venue, SavedState saved)
{
    private readonly Dictionary<long, VenueOrder> _orders = [];

    /// <summary>The accounts to open: those that are given and, beside them, those that were kept.</summary>
    public static IReadOnlyList<AccountOptions> Accounts(IReadOnlyList<AccountOptions> given, SavedState? saved)
    {
        IEnumerable<AccountOptions> kept = saved?.Accounts.Values.Select(account => account.Options).Where(account => given.All(other => other.Id != account.Id)) ?? [];
        AccountOptions[] all = [.. given, .. kept];
        return all.Length > 0 ? all : [new AccountOptions()];
    }

    /// <exception cref="GatewayException">Something is held or works in a product that the venue does not trade.</exception>
    public void Run()
    {
        foreach (SavedOrder row in saved.Orders.Values) Keep(row);
        foreach (SavedOrder row in saved.Orders.Values.Where(row => row.SiblingId is not null)) _orders[row.Id].Sibling = _orders.GetValueOrDefault(row.SiblingId!.Value);
        foreach (SavedTrade row in saved.Trades.Values) AccountOf(row.AccountId).Keep(Trade(row));
        foreach (SavedHolding row in saved.Holdings.Values.Where(row => row.Net != 0)) AccountOf(row.AccountId).Open(Holding(row));
        foreach (SavedAccount row in saved.Accounts.Values) Stand(row);
        venue.Entry.GoOnAfter(saved.Orders.Keys.LastOrDefault());
        venue.Life.Books.GoOnAfter(saved.Trades.Keys.LastOrDefault(), saved.LastHolding);
        foreach (VenueOrder order in _orders.Values) venue.Life.Resume(order);
        foreach (TradingAccount account in venue.Accounts) venue.Life.ResumeBrackets(account);
    }

    private void Keep(SavedOrder row)
    {
        VenueOrder order = Order(row);
        _orders.Add(order.Id, order);
        if (!order.Status.IsTerminal()) ThrowIfAbsent(order.Contract);
        AccountOf(row.AccountId).Keep(order);
        if (row.ParentId is { } parent && _orders.TryGetValue(parent, out VenueOrder? entry)) entry.Children.Add(order);
    }

    private void Stand(SavedAccount row)
    {
        TradingAccount account = AccountOf(row.Options.Id);
        account.Balance = row.Balance;
        account.Standing = new(row.Highest, row.DayStart, row.IsLocked, row.IsLost);
        account.CanTrade = !row.IsLocked && account.Options.Kind != AccountKind.Closed;
    }

    private VenueOrder Order(SavedOrder row) => new()
    {
        Id = row.Id,
        AccountId = row.AccountId,
        Contract = Contract(row.ContractId),
        Created = new(row.Created),
        Updated = new(row.Updated),
        Type = (OrderType)row.Type,
        Side = (OrderSide)row.Side,
        Size = row.Size,
        Status = (OrderStatus)row.Status,
        LimitTicks = row.LimitTicks,
        StopTicks = row.StopTicks,
        TrailTicks = row.TrailTicks,
        FillVolume = row.FillVolume,
        FillValue = row.FillValue,
        CustomTag = row.CustomTag,
        ParentId = row.ParentId,
        LinkedId = row.LinkedId,
        Round = row.Round,
        EntryOffset = row.EntryOffset,
        Covered = (row.CoveredVolume, row.CoveredValue),
        IsPlatforms = row.IsPlatforms,
        IsTriggered = row.IsTriggered,
        IsHidden = row.IsHidden,
        Accepted = row.Change is { } change ? new(new(change.Due), change.Request) : null,
        WasTold = true,
    };

    private VenueTrade Trade(SavedTrade row) => new()
    {
        Id = row.Id,
        AccountId = row.AccountId,
        Contract = Contract(row.ContractId),
        Created = new(row.Created),
        Price = row.Price,
        ProfitAndLoss = row.ProfitAndLoss,
        Fees = row.Fees,
        Commissions = row.Commissions,
        Side = (OrderSide)row.Side,
        Size = row.Size,
        OrderId = row.OrderId,
        IsVoided = row.IsVoided,
    };

    private Holding Holding(SavedHolding row)
    {
        ContractMonth contract = Contract(row.ContractId);
        ThrowIfAbsent(contract);
        return new() { Id = row.Id, AccountId = row.AccountId, Contract = contract, Created = new(row.Created), Net = row.Net, AveragePrice = row.AveragePrice, WasTold = true };
    }

    private TradingAccount AccountOf(int id) => venue.AccountOf(id) ?? throw new GatewayException($"The state names an account {id} that it does not describe; give another file.");

    /// <summary>Of a product that this venue trades, or of one that some venue did.</summary>
    private ContractMonth Contract(string id) => ContractMonth.Parse(id, venue.Products) ?? ContractMonth.Parse(id, ProductTable.All)
        ?? throw new GatewayException($"The state names a contract {id} that the gateway does not know; give another file.");

    private void ThrowIfAbsent(ContractMonth contract)
    {
        if (!venue.Products.Contains(contract.Product))
            throw new GatewayException($"The state has an order or a position in {contract.Id}, which this market does not trade; trade {contract.Product.Instrument.Symbol} too, or give another file.");
    }
}
