using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Faults;

/// <summary>What the venue does to an account by itself, one deed for each fault.</summary>
internal static class VenueFaults
{
    /// <summary>Carries a fault out on the account and the symbol that it names, or on the first ones. Nothing happens where there is nothing that it could happen to.</summary>
    public static void Happen(TradingVenue venue, Injection injection)
    {
        TradingAccount? account = injection.Account is { } id ? venue.AccountOf(id) : venue.Accounts.First();
        Product? product = injection.Symbol is { } symbol ? venue.Products.FirstOrDefault(product => product.Instrument.Symbol.Equals(symbol, StringComparison.OrdinalIgnoreCase)) : venue.Products[0];
        if (account is null || product is null) return;
        HappenToOrder(venue, account, injection.Kind);
        HappenToTrade(venue, account, injection.Kind);
        HappenToAccount(venue, account, venue.ActiveOf(product), injection);
    }

    private static void HappenToOrder(TradingVenue venue, TradingAccount account, FaultKind kind)
    {
        bool isLegs = kind is FaultKind.CancelLeg or FaultKind.ReplaceLeg or FaultKind.LoseLeg;
        if (account.Unfinished.LastOrDefault(order => order.IsWorking && !order.IsHidden && (!isLegs || order.ParentId is not null)) is not { } order) return;
        switch (kind)
        {
            case FaultKind.CancelOrder or FaultKind.CancelLeg:
                venue.Life.Cancel(order);
                break;
            case FaultKind.ExpireOrder:
                venue.Life.Cancel(order, OrderStatus.Expired);
                break;
            case FaultKind.ReplaceLeg:
                venue.Life.Replace(account, order);
                break;
            case FaultKind.LoseLeg:
                venue.Life.Lose(order);
                break;
            default:
                break;
        }
    }

    private static void HappenToTrade(TradingVenue venue, TradingAccount account, FaultKind kind)
    {
        if (account.Trades.LastOrDefault(trade => !trade.IsVoided) is not { } last) return;
        switch (kind)
        {
            case FaultKind.VoidTrade:
                venue.Life.Books.Void(account, last, venue.Now);
                break;
            case FaultKind.CorrectTrade:
                venue.Life.Correct(account, last, last.Price + last.Side.Sign() * last.Contract.Product.Instrument.TickSize);
                break;
            case FaultKind.Overfill:
                if (account.Orders.LastOrDefault(order => order.Status == OrderStatus.Filled) is { } filled) venue.Life.Filled(filled, filled.FillValue / filled.FillVolume, size: 1);
                break;
            default:
                break;
        }
    }

    private static void HappenToAccount(TradingVenue venue, TradingAccount account, ContractMonth contract, Injection injection)
    {
        switch (injection.Kind)
        {
            case FaultKind.ManualTrade:
                venue.Entry.PlaceMarket(account, contract, OrderSide.Bid, size: 1, isPlatforms: false);
                break;
            case FaultKind.UnknownFill:
                VenueOrder hidden = venue.Entry.PlaceMarket(account, contract, OrderSide.Bid, size: 1, isPlatforms: false, isHidden: true);
                venue.After(injection.Lasts, () => venue.Life.Reveal(hidden));
                break;
            case FaultKind.AdjustPosition:
                if (venue.LastPriceOf(contract.Product) is { } price) venue.Life.Books.Adjust(account, contract, signed: 1, price, venue.Now);
                break;
            case FaultKind.Halt:
                venue.Halt(injection.Lasts);
                break;
            case FaultKind.Restrict:
                venue.Restrict(account, injection.Lasts);
                break;
            case FaultKind.Liquidate:
                venue.Closing.Flatten(account);
                venue.Restrict(account, injection.Lasts);
                break;
            case FaultKind.TickChange:
                venue.WidenTicks(injection.Lasts);
                break;
            default:
                break;
        }
    }
}
