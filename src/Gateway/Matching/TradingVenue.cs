using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Orders;
using Tradewind.Gateway.Quirks;
using Tradewind.Gateway.State;

namespace Tradewind.Gateway.Matching;

/// <summary>
/// The trading side of the gateway: accounts, orders and their matching. One thread at a time, no clock of its own: time comes with each call and never
/// runs back, so the same calls give the same events.
/// </summary>
public sealed class TradingVenue
{
    private readonly Agenda _agenda = new();
    private readonly ProductFloor[] _floors;
    private readonly Dictionary<int, TradingAccount> _accounts;
    private readonly OrderLife _life;
    private readonly HashSet<ProductFloor> _touched = [];
    private readonly RuleWatch _rules;

    /// <param name="products">In the order of the inputs' instruments.</param>
    /// <param name="start">Market time of the beginning.</param>
    /// <param name="quirks">May be changed at any time; null is none.</param>
    public TradingVenue(IReadOnlyList<Product> products, IEnumerable<AccountOptions> accounts, MatchingOptions options, IVenueEvents events, Timestamp start, QuirkSet? quirks = null)
        : this(products, accounts, options, events, start, quirks, saved: null)
    {
    }

    /// <param name="saved">What an earlier process kept; null begins anew.</param>
    internal TradingVenue(IReadOnlyList<Product> products, IEnumerable<AccountOptions> accounts, MatchingOptions options, IVenueEvents events, Timestamp start, QuirkSet? quirks, SavedState? saved)
    {
        Timestamp since = saved?.Time ?? start;
        Quirks = quirks ?? new();
        Products = products;
        Options = options;
        Now = start;
        _accounts = accounts.ToDictionary(account => account.Id, account => new TradingAccount(account));
        _life = new(this, events);
        _floors = [.. products.Select(product => new ProductFloor(product, options, Quirks, _life))];
        Entry = new(this, _life);
        Closing = new(this, _life);
        _rules = new(this, events, since);
        foreach (Product product in products) ExpireAtClose(product, since);
        if (saved is not null) new VenueRestore(this, saved).Run();
    }

    public IReadOnlyList<Product> Products { get; }

    public MatchingOptions Options { get; }

    public QuirkSet Quirks { get; }

    /// <summary>Asked whether a fault happens now to an order of an account in a symbol; never, unless something else is put here.</summary>
    public Func<FaultKind, int, string, Injection?> Faults { get; set; } = static (_, _, _) => null;

    /// <summary>Base ticks in what counts as a tick now: 2 while ticks are widened.</summary>
    internal int TickFactor { get; private set; } = 1;

    /// <summary>Market time up to which all that was due has been done.</summary>
    public Timestamp Now { get; private set; }

    /// <summary>When something is due next of itself.</summary>
    public Timestamp? NextDue => _agenda.Next;

    public OrderEntry Entry { get; }

    internal OrderLife Life => _life;

    public PositionEntry Closing { get; }

    public IReadOnlyCollection<TradingAccount> Accounts => _accounts.Values;

    public TradingAccount? AccountOf(int id) => _accounts.GetValueOrDefault(id);

    internal ProductFloor FloorOf(Product product) => _floors.First(floor => floor.Product == product);

    /// <summary>The active contract of a product now.</summary>
    public ContractMonth ActiveOf(Product product) => ContractMonth.ActiveOn(product, product.Instrument.Calendar.SessionAt(Now).TradingDay);

    public decimal? LastPriceOf(Product product) => FloorOf(product).LastTicks * product.Instrument.TickSize;

    /// <summary>Why an account cannot trade a product now, in the original's words; null when it can.</summary>
    internal string? RefusalOf(TradingAccount account, Product product) =>
        FloorOf(product).IsHalted || !product.Instrument.Calendar.IsOpen(Now) || TradingDay.IsFlatTime(Now, account.Options.Rules.FlatBy) ? Texts.NotTrading : null;

    /// <summary>Whether an account has the money for more contracts on a side.</summary>
    internal bool CanAfford(TradingAccount account, ContractMonth contract, OrderSide side, int size) =>
        Exposure.IsAffordable(account, contract, side, size, () => account.Equity(LastPriceOf));

    /// <summary>Has something done later.</summary>
    internal void After(TimeSpan delay, Action action) => _agenda.Enter(Now + delay, action);

    internal void At(Timestamp due, Action action) => _agenda.Enter(due, action);

    /// <summary>Does what is due up to an instant.</summary>
    public void AdvanceTo(Timestamp now)
    {
        while (_agenda.TryTake(now, out Timestamp due, out Action? action))
        {
            if (due > Now) Now = due;
            action();
        }
        if (now > Now) Now = now;
    }

    /// <summary>Takes something of the market's past: prices are learnt, no order meets them.</summary>
    public void Learn(in Input input) => _floors[input.Instrument].Apply(input);

    /// <summary>Takes something of the market at <see cref="Now"/>; the instant is over with <see cref="EndInstant"/>.</summary>
    public void Apply(in Input input)
    {
        ProductFloor floor = _floors[input.Instrument];
        floor.Apply(input);
        _touched.Add(floor);
    }

    internal Injection? Strike(FaultKind kind, VenueOrder order) => Faults(kind, order.AccountId, order.Contract.Product.Instrument.Symbol);

    /// <summary>Lets a fault of the venue's own happen: those of <see cref="FaultTable.IsTimed"/> that are no hub's.</summary>
    public void Disturb(Injection injection) => VenueFaults.Happen(this, injection);

    /// <summary>Twice the tick size for a while.</summary>
    internal void WidenTicks(TimeSpan length)
    {
        TickFactor = 2;
        After(length, () => TickFactor = 1);
    }

    /// <summary>Stops all trading for a while.</summary>
    internal void Halt(TimeSpan length)
    {
        foreach (ProductFloor floor in _floors) floor.IsHalted = true;
        After(length, () => { foreach (ProductFloor floor in _floors) floor.IsHalted = false; });
    }

    /// <summary>Keeps an account from trading for a while.</summary>
    internal void Restrict(TradingAccount account, TimeSpan length)
    {
        if (!account.CanTrade) return;
        SetCanTrade(account, canTrade: false);
        After(length, () => SetCanTrade(account, canTrade: true));
    }

    /// <summary>At each close of a product's session; whether orders expire then is a quirk.</summary>
    private void ExpireAtClose(Product product, Timestamp since) => At(product.Instrument.Calendar.SessionAt(since).Close, () =>
    {
        if (Quirks.Has(Quirk.DayOrders)) _life.Expire(product);
        ExpireAtClose(product, Now);
    });

    /// <summary>Says that what was told so far belongs together.</summary>
    public void EndStep() => _life.Events.EndStep(this);

    private void SetCanTrade(TradingAccount account, bool canTrade)
    {
        account.CanTrade = canTrade;
        _life.Events.Account(account);
    }

    public void EndInstant()
    {
        foreach (ProductFloor floor in _touched) floor.EndInstant();
        _touched.Clear();
        _rules.Check();
    }
}
