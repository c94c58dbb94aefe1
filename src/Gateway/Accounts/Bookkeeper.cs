using Tradewind.Core.Model;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Accounts;

/// <summary>Books fills: half turns, the netted position, the balance; and takes trades back.</summary>
internal sealed class Bookkeeper(IVenueEvents events)
{
    private const long FirstTrade = 3_004_000_001;
    private const int FirstHolding = 825_000_001;

    private long _trades = FirstTrade;
    private int _holdings = FirstHolding;

    /// <summary>Of positions, also of those that are over.</summary>
    public int LastHoldingId => _holdings - 1;

    /// <summary>Ids go on after the last ones that were given.</summary>
    public void GoOnAfter(long lastTrade, int lastHolding)
    {
        _trades = Math.Max(_trades, lastTrade + 1);
        _holdings = Math.Max(_holdings, lastHolding + 1);
    }

    /// <summary>A fill that turns a position round is two rows: what closes, then what opens.</summary>
    public void Book(TradingAccount account, VenueOrder order, decimal price, int size, Timestamp now)
    {
        int net = account.NetOf(order.Contract);
        int closing = Math.Sign(net) == -order.Side.Sign() ? Math.Min(Math.Abs(net), size) : 0;
        if (closing > 0) Half(account, order, price, closing, now);
        if (size > closing) Half(account, order, price, size - closing, now);
        events.Account(account);
    }

    /// <summary>Takes a trade back: its money is returned and the position is what the remaining trades make it.</summary>
    public void Void(TradingAccount account, VenueTrade trade, Timestamp now)
    {
        if (trade.IsVoided) return;
        trade.IsVoided = true;
        account.Balance -= trade.Net;
        events.Trade(trade, isNew: false);
        Rebuild(account, trade.Contract, now);
        events.Account(account);
    }

    /// <summary>Changes a position without a trade.</summary>
    public void Adjust(TradingAccount account, ContractMonth contract, int signed, decimal price, Timestamp now) => Change(account, contract, signed, price, now);

    /// <summary>The position that the trades make which still count.</summary>
    private void Rebuild(TradingAccount account, ContractMonth contract, Timestamp now)
    {
        Holding holding = account.HoldingOf(contract) ?? new() { Id = _holdings++, AccountId = account.Id, Contract = contract, Created = now };
        holding.Net = 0;
        foreach (VenueTrade trade in account.Trades.Where(trade => trade.Contract == contract && !trade.IsVoided)) holding.Take(trade.Side.Sign() * trade.Size, trade.Price);
        if (holding.Net == 0) account.Close(holding);
        else account.Open(holding);
        events.Position(holding);
    }

    private void Half(TradingAccount account, VenueOrder order, decimal price, int size, Timestamp now)
    {
        string symbol = order.Contract.Product.Instrument.Symbol;
        Holding? before = account.HoldingOf(order.Contract);
        bool closes = before is not null && Math.Sign(before.Net) == -order.Side.Sign();
        var trade = new VenueTrade
        {
            Id = _trades++,
            AccountId = account.Id,
            Contract = order.Contract,
            Created = now,
            Price = price,
            ProfitAndLoss = closes ? before!.ProfitOf(size, price) : null,
            Fees = size * (account.Options.Fee ?? FeeTable.FeeOf(symbol)),
            Commissions = size * account.Options.Commission,
            Side = order.Side,
            Size = size,
            OrderId = order.Id,
        };
        account.Keep(trade);
        events.Trade(trade, isNew: true);
        Change(account, order.Contract, order.Side.Sign() * size, price, now);
    }

    private void Change(TradingAccount account, ContractMonth contract, int signed, decimal price, Timestamp now)
    {
        Holding? holding = account.HoldingOf(contract);
        if (holding is null)
        {
            holding = new() { Id = _holdings++, AccountId = account.Id, Contract = contract, Created = now };
            account.Open(holding);
        }
        holding.Take(signed, price);
        if (holding.Net == 0) account.Close(holding);
        events.Position(holding);
    }
}
