using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Orders;

/// <summary>Closes positions by market orders. Working orders stay, brackets too: that is how the original does it.</summary>
public sealed class PositionEntry
{
    private readonly TradingVenue _venue;
    private readonly OrderLife _life;

    internal PositionEntry(TradingVenue venue, OrderLife life)
    {
        _venue = venue;
        _life = life;
    }

    public Outcome Close(CloseRequest request)
    {
        int refused = Find(request.AccountId, request.ContractId, out TradingAccount? account, out ContractMonth contract);
        if (refused != 0) return new(refused);
        if (_venue.RefusalOf(account!, contract.Product) is { } text) return new(CloseCode.OrderRejected, text);
        VenueOrder[] working = [.. account!.Unfinished.Where(order => order.Contract == contract)];
        if (_venue.Quirks.Has(Quirk.CloseCancelsOrders)) _venue.After(_venue.Options.OcoDelay, () => Array.ForEach(working, order => _life.Cancel(order)));
        return Send(account, contract, Math.Abs(account.NetOf(contract)));
    }

    public Outcome CloseInPart(PartialCloseRequest request)
    {
        int refused = Find(request.AccountId, request.ContractId, out TradingAccount? account, out ContractMonth contract);
        if (refused == CloseCode.AccountRejected) return new(PartialCloseCode.AccountRejected);
        if (refused != 0) return new(refused);
        if (request.Size <= 0 || request.Size > Math.Abs(account!.NetOf(contract))) return new(PartialCloseCode.InvalidCloseSize);
        if (_venue.RefusalOf(account, contract.Product) is not null || !HasPrice(contract)) return new(PartialCloseCode.OrderRejected);
        return Send(account, contract, request.Size);
    }

    /// <summary>Cancels all orders of an account and closes what it holds, as the platform does it: at any time, without a check.</summary>
    public void Flatten(TradingAccount account)
    {
        foreach (VenueOrder order in account.Unfinished.Where(order => order.ParentId is null).ToArray()) _life.Cancel(order);
        foreach (VenueOrder order in account.Unfinished.ToArray()) _life.Cancel(order);
        foreach (Holding holding in account.Holdings.ToArray()) _venue.Entry.PlaceMarket(account, holding.Contract, holding.Net > 0 ? OrderSide.Ask : OrderSide.Bid, Math.Abs(holding.Net), isPlatforms: true);
    }

    /// <summary>The codes up to ContractNotActive are those of both endpoints.</summary>
    private int Find(int accountId, string contractId, out TradingAccount? account, out ContractMonth contract)
    {
        contract = default;
        account = _venue.AccountOf(accountId);
        if (account is null) return CloseCode.AccountNotFound;
        if (account.Options.Kind == AccountKind.Follower) return CloseCode.AccountRejected;
        if (ContractMonth.Parse(contractId, _venue.Products) is not { } found) return CloseCode.ContractNotFound;
        contract = found;
        if (contract != _venue.ActiveOf(contract.Product)) return CloseCode.ContractNotActive;
        return account.NetOf(contract) == 0 ? CloseCode.PositionNotFound : 0;
    }

    private bool HasPrice(ContractMonth contract)
    {
        ProductFloor floor = _venue.FloorOf(contract.Product);
        return (floor.LastTicks ?? floor.Book.BestBid ?? floor.Book.BestAsk) is not null;
    }

    private Outcome Send(TradingAccount account, ContractMonth contract, int size)
    {
        _venue.Entry.PlaceMarket(account, contract, account.NetOf(contract) > 0 ? OrderSide.Ask : OrderSide.Bid, size, isPlatforms: false);
        return new(0);
    }
}
