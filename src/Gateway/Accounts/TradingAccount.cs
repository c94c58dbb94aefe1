using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Accounts;

/// <param name="Highest">What raises the floor of the maximum loss, at its highest.</param>
/// <param name="DayStart">Balance at the start of the trading day.</param>
/// <param name="IsLocked">Until the day turns.</param>
/// <param name="IsLost">Locked for good.</param>
internal sealed record AccountStanding(decimal Highest, decimal DayStart, bool IsLocked = false, bool IsLost = false);

/// <summary>One account's books: orders, trades, positions, balance.</summary>
public sealed class TradingAccount(AccountOptions options)
{
    private readonly Dictionary<long, VenueOrder> _orders = [];
    private readonly List<VenueOrder> _unfinished = [];
    private readonly List<VenueTrade> _trades = [];
    private readonly Dictionary<string, Holding> _holdings = [];
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);

    public AccountOptions Options { get; private set; } = options;

    public int Id => Options.Id;

    /// <summary>Realised, after fees and commissions.</summary>
    public decimal Balance { get; internal set; } = options.Balance;

    /// <summary>False while a rule locks the account, and when it is closed.</summary>
    public bool CanTrade { get; internal set; } = options.Kind != AccountKind.Closed;

    /// <summary>The user switches the platform's bracket mode; amounts belong to Position Brackets alone.</summary>
    internal void Switch(BracketMode mode) =>
        Options = mode == BracketMode.Position ? Options with { Brackets = mode } : Options with { Brackets = mode, PositionStopLoss = null, PositionTakeProfit = null };

    /// <summary>Where the account stands towards its rules.</summary>
    internal AccountStanding Standing { get; set; } = new(options.Balance, options.Balance);

    /// <summary>Oldest first.</summary>
    public IReadOnlyCollection<VenueOrder> Orders => _orders.Values;

    /// <summary>Orders that may still do something, oldest first.</summary>
    public IReadOnlyList<VenueOrder> Unfinished
    {
        get
        {
            _unfinished.RemoveAll(static order => order.Status.IsTerminal());
            return _unfinished;
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<VenueTrade> Trades => _trades;

    /// <summary>Open positions.</summary>
    public IReadOnlyCollection<Holding> Holdings => _holdings.Values;

    public VenueOrder? OrderOf(long id) => _orders.GetValueOrDefault(id);

    public Holding? HoldingOf(ContractMonth contract) => _holdings.GetValueOrDefault(contract.Id);

    /// <summary>Contracts held: above 0 long, below 0 short.</summary>
    public int NetOf(ContractMonth contract) => HoldingOf(contract)?.Net ?? 0;

    /// <summary>All that can never be used again.</summary>
    public IReadOnlyCollection<string> Tags => _tags;

    public bool HasTag(string tag) => _tags.Contains(tag);

    /// <summary>A tag is taken for ever, also by an order that is refused.</summary>
    internal void Keep(VenueOrder order)
    {
        _orders.Add(order.Id, order);
        if (!order.Status.IsTerminal()) _unfinished.Add(order);
        if (order.CustomTag is { } tag) _tags.Add(tag);
    }

    internal void Keep(VenueTrade trade)
    {
        _trades.Add(trade);
        Balance += trade.Net;
    }

    internal void Open(Holding holding) => _holdings[holding.Contract.Id] = holding;

    internal void Close(Holding holding) => _holdings.Remove(holding.Contract.Id);

    /// <summary>Balance and what the open positions would bring at the last prices.</summary>
    public decimal Equity(Func<Product, decimal?> lastPrice) =>
        Balance + _holdings.Values.Sum(holding => lastPrice(holding.Contract.Product) is { } price ? holding.OpenProfit(price) : 0m);
}
