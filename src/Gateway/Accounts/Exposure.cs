using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Accounts;

/// <summary>What an account would hold if its working orders filled, and what that asks for. Brackets of the gateway only reduce and do not count.</summary>
internal static class Exposure
{
    /// <summary>Why an order would make a position too large, if it would: all that is held and works on its side counts.</summary>
    public static string? SizeRefusalOf(TradingAccount account, ContractMonth contract, OrderSide side, int size)
    {
        if (account.Options.Rules.MaximumPosition is not { } most) return null;
        decimal others = account.Holdings.Where(holding => holding.Contract != contract).Sum(holding => Math.Abs(holding.Net) * MinisOf(holding.Contract));
        long after = After(account, contract, side, size);
        bool isLess = after <= Math.Abs(account.NetOf(contract));
        return !isLess && others + after * MinisOf(contract) > most ? Texts.MadeUp.MaxPosition : null;
    }

    /// <summary>Whether equity suffices for more contracts on a side; what asks for no more than before always passes.</summary>
    public static bool IsAffordable(TradingAccount account, ContractMonth contract, OrderSide side, int size, Func<decimal> equity)
    {
        if (account.Options.Margin == 0) return true;
        long before = Worst(account, contract);
        long after = Math.Max(before, After(account, contract, side, size));
        if (after == before) return true;
        IEnumerable<ContractMonth> others = account.Holdings.Select(holding => holding.Contract).Concat(account.Unfinished.Select(order => order.Contract)).Distinct().Where(other => other != contract);
        decimal minis = others.Sum(other => Worst(account, other) * MinisOf(other)) + after * MinisOf(contract);
        return minis * account.Options.Margin <= equity();
    }

    private static long Worst(TradingAccount account, ContractMonth contract) =>
        Math.Max(After(account, contract, OrderSide.Bid, size: 0), After(account, contract, OrderSide.Ask, size: 0));

    /// <summary>Contracts held, long or short, when all orders of a side and some more have filled.</summary>
    private static long After(TradingAccount account, ContractMonth contract, OrderSide side, int size)
    {
        long working = account.Unfinished
            .Where(order => order.Contract == contract && order.Side == side && order is { ParentId: null, IsPlatforms: false, Status: OrderStatus.Open or OrderStatus.Pending })
            .Sum(order => (long)order.Remaining);
        return Math.Abs(account.NetOf(contract) + side.Sign() * (working + size));
    }

    private static decimal MinisOf(ContractMonth contract) => FeeTable.MinisOf(contract.Product.Instrument.Symbol);
}
