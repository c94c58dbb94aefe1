using System.Globalization;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Orders;

/// <summary>The door for orders: places, changes, cancels. What it answers is "accepted"; what becomes of it is told by the events.</summary>
public sealed class OrderEntry
{
    private const long FirstOrder = 3_425_000_001;

    private readonly TradingVenue _venue;
    private readonly OrderLife _life;
    private long _next = FirstOrder;

    internal OrderEntry(TradingVenue venue, OrderLife life)
    {
        _venue = venue;
        _life = life;
    }

    public Outcome Place(PlaceRequest request)
    {
        if (_venue.AccountOf(request.AccountId) is not { } account) return new(PlaceCode.AccountNotFound);
        if (account.Options.Kind == AccountKind.Follower) return new(PlaceCode.AccountRejected, Texts.FollowerCannotPlace);
        if (ContractMonth.Parse(request.ContractId, _venue.Products) is not { } contract) return new(PlaceCode.ContractNotFound);
        if (contract != _venue.ActiveOf(contract.Product)) return new(PlaceCode.ContractNotActive);
        string? tag = string.IsNullOrEmpty(request.CustomTag) ? null : request.CustomTag;
        if (tag is not null && account.HasTag(tag)) return new(PlaceCode.OrderRejected, Texts.TagInUse);
        if (!account.CanTrade) return new(PlaceCode.AccountViolation, Texts.MadeUp.CannotTrade);
        ProductFloor floor = _venue.FloorOf(contract.Product);
        if (_venue.RefusalOf(account, contract.Product) is { } closed)
            return Refuse(request, account, contract, tag, new(_venue.Quirks.Has(Quirk.ClosedMarketCodeFive) ? PlaceCode.OutsideTradingHours : PlaceCode.OrderRejected, closed));
        string? refusal = OrderChecks.Terms(request, floor, _venue.Options, _venue.TickFactor)
            ?? (_venue.Quirks.Has(Quirk.NoStopLimit) && (OrderType)request.Type == OrderType.StopLimit ? Texts.MadeUp.Type : null)
            ?? OrderChecks.Brackets(request, BracketsOf(request, account, contract), _venue.Quirks.Has(Quirk.TargetNeedsDistance))
            ?? Exposure.SizeRefusalOf(account, contract, (OrderSide)request.Side, request.Size);
        if (refusal is not null) return Refuse(request, account, contract, tag, new(PlaceCode.OrderRejected, refusal));
        return _venue.CanAfford(account, contract, (OrderSide)request.Side, request.Size)
            ? Accept(request, account, contract, tag)
            : Refuse(request, account, contract, tag, new(PlaceCode.InsufficientFunds, Texts.MadeUp.Funds));
    }

    public Outcome Modify(ModifyRequest request)
    {
        if (_venue.AccountOf(request.AccountId) is not { } account) return new(ChangeCode.AccountNotFound);
        if (account.OrderOf(request.OrderId) is not { } order) return new(ChangeCode.OrderNotFound);
        if (order.Status.IsTerminal()) return Gone();
        if (order.Accepted is not null) return new(ChangeCode.Pending);
        if (!CanChange(order)) return new(ChangeCode.Rejected, Texts.MadeUp.NotOpen);
        if (RefusalOf(request, order) is { } refusal) return new(ChangeCode.Rejected, refusal);
        Take(order, new(_venue.Now + DelayOf(order), request));
        return new(0);
    }

    public Outcome Cancel(CancelRequest request)
    {
        if (_venue.AccountOf(request.AccountId) is not { } account) return new(ChangeCode.AccountNotFound);
        if (account.Options.Kind == AccountKind.Follower) return new(ChangeCode.AccountRejected, Texts.FollowerCannotCancel);
        if (account.Options.Kind == AccountKind.Live) return new(ChangeCode.AccountRejected, Texts.LiveNotSupported);
        if (account.OrderOf(request.OrderId) is not { } order) return new(ChangeCode.OrderNotFound);
        if (order.Status.IsTerminal()) return Gone();
        if (order.Accepted is not null) return new(ChangeCode.Pending);
        Take(order, new(_venue.Now + DelayOf(order), Request: null));
        return new(0);
    }

    /// <summary>Has a change or a cancel carried out when it is due.</summary>
    internal void Take(VenueOrder order, AcceptedChange change)
    {
        order.Accepted = change;
        _life.Events.Kept(order);
        _venue.At(change.Due, () =>
        {
            order.Accepted = null;
            if (change.Request is { } request) Apply(request, order);
            else Cancel(order);
        });
    }

    /// <summary>A bracket child like another one.</summary>
    internal VenueOrder Twin(VenueOrder leg) => new()
    {
        Id = _next++,
        AccountId = leg.AccountId,
        Contract = leg.Contract,
        Created = _venue.Now,
        Updated = _venue.Now,
        Type = leg.Type,
        Side = leg.Side,
        Size = leg.Remaining,
        LimitTicks = leg.LimitTicks,
        StopTicks = leg.StopTicks,
        TrailTicks = leg.TrailTicks,
        ParentId = leg.ParentId,
        LinkedId = leg.LinkedId,
        EntryOffset = leg.EntryOffset,
        Round = leg.Round,
    };

    /// <summary>Ids go on after the last one that was given.</summary>
    internal void GoOnAfter(long lastId) => _next = Math.Max(_next, lastId + 1);

    /// <summary>A market order without a tag, as closing a position and the platform itself place them; nothing is checked.</summary>
    internal VenueOrder PlaceMarket(TradingAccount account, ContractMonth contract, OrderSide side, int size, bool isPlatforms, bool isHidden = false)
    {
        var request = new PlaceRequest(account.Id, contract.Id, (int)OrderType.Market, (int)side, size);
        VenueOrder order = Order(request, contract, tag: null, isPlatforms);
        order.IsHidden = isHidden;
        _life.Start(account, order);
        return order;
    }

    /// <summary>A stop or limit order of the platform itself, not yet working.</summary>
    internal VenueOrder Leg(TradingAccount account, ContractMonth contract, OrderType type, OrderSide side, int size, long ticks)
    {
        decimal price = ticks * contract.Product.Instrument.TickSize;
        return Order(new(account.Id, contract.Id, (int)type, (int)side, size, LimitPrice: price, StopPrice: price), contract, tag: null, isPlatforms: true);
    }

    private Outcome Accept(PlaceRequest request, TradingAccount account, ContractMonth contract, string? tag)
    {
        VenueOrder order = Order(request, contract, tag, isPlatforms: false);
        if (request.StopLossBracket is { } stop) order.Children.Add(Child(order, stop, SuffixOf(OrderType.Stop), scale: _venue.TickFactor));
        if (request.TakeProfitBracket is { } target) order.Children.Add(Child(order, target, SuffixOf(OrderType.Limit), scale: _venue.TickFactor));
        Paired([.. order.Children]);
        _life.Start(account, order);
        return new(0, OrderId: order.Id);
    }

    private Outcome Refuse(PlaceRequest request, TradingAccount account, ContractMonth contract, string? tag, Outcome refusal)
    {
        VenueOrder order = Order(request, contract, tag, isPlatforms: false);
        _life.Refuse(account, order);
        return refusal with { OrderId = order.Id };
    }

    private VenueOrder Order(PlaceRequest request, ContractMonth contract, string? tag, bool isPlatforms)
    {
        ProductFloor floor = _venue.FloorOf(contract.Product);
        var side = (OrderSide)request.Side;
        var type = (OrderType)request.Type;
        var order = new VenueOrder
        {
            Id = _next++,
            AccountId = request.AccountId,
            Contract = contract,
            Created = _venue.Now,
            Updated = _venue.Now,
            Type = type,
            Side = side,
            Size = request.Size,
            CustomTag = tag,
            LimitTicks = type switch
            {
                OrderType.JoinBid => floor.Book.BestBid ?? floor.LastTicks,
                OrderType.JoinAsk => floor.Book.BestAsk ?? floor.LastTicks,
                OrderType.Limit or OrderType.StopLimit => Ticks(request.LimitPrice, contract),
                _ => null,
            },
            StopTicks = type is OrderType.Stop or OrderType.StopLimit ? Ticks(request.StopPrice, contract) : null,
            IsPlatforms = isPlatforms,
        };
        if (type == OrderType.TrailingStop && request.TrailPrice is { } level && OrderChecks.IsPrice(level) && floor.LastTicks is not null) SetTrail(order, level, floor);
        return order;
    }

    /// <summary>A bracket like the entry's latest one, for what the entry goes on to fill.</summary>
    internal IReadOnlyList<VenueOrder> Again(VenueOrder entry)
    {
        VenueOrder[] last = [.. entry.Legs];
        int round = last[0].Round + 1;
        foreach (VenueOrder leg in last) entry.Children.Add(Child(entry, new(leg.EntryOffset, (int)leg.Type), FormattableString.Invariant($"{SuffixOf(leg.Type)}-{round}"), round));
        return Paired([.. entry.Legs]);
    }

    private static VenueOrder[] Paired(VenueOrder[] legs)
    {
        if (legs is [var first, var second]) (first.Sibling, second.Sibling) = (second, first);
        return legs;
    }

    private static string SuffixOf(OrderType type) => type == OrderType.Limit ? "-TP" : "-SL";

    private VenueOrder Child(VenueOrder entry, BracketRequest bracket, string suffix, int round = 1, int scale = 1)
    {
        var type = (OrderType)bracket.Type;
        long? stopId = type == OrderType.Limit && entry.Children is [.., var stop] && stop.Round == round ? stop.Id : null;
        return new()
        {
            Id = _next++,
            AccountId = entry.AccountId,
            Contract = entry.Contract,
            Created = entry.Created,
            Updated = entry.Created,
            Type = type,
            Side = entry.Side.Opposite(),
            Size = entry.Size,
            CustomTag = (entry.CustomTag ?? (_venue.Quirks.Has(Quirk.ChildTags) ? entry.Id.ToString(CultureInfo.InvariantCulture) : null)) is { } tag ? tag + suffix : null,
            ParentId = entry.Id,
            LinkedId = stopId,
            EntryOffset = bracket.Ticks * scale,
            TrailTicks = type == OrderType.Limit ? null : bracket.Ticks * scale,
            Round = round,
        };
    }

    /// <summary>After a change of the mode the platform is said to refuse brackets now and then.</summary>
    private BracketMode BracketsOf(PlaceRequest request, TradingAccount account, ContractMonth contract)
    {
        bool isHit = (request.StopLossBracket ?? request.TakeProfitBracket) is not null && _venue.Faults(FaultKind.BracketRefusal, account.Id, contract.Product.Instrument.Symbol) is not null;
        return isHit ? BracketMode.Position : account.Options.Brackets;
    }

    private TimeSpan DelayOf(VenueOrder order) => _venue.Strike(FaultKind.SlowMatching, order)?.EffectiveDelay ?? _venue.Options.ActivationDelay;

    private bool CanChange(VenueOrder order) => order.IsWorking || (order.Status == OrderStatus.Suspended && _venue.Quirks.Has(Quirk.SuspendedCanChange));

    private Outcome Gone() => new(_venue.Quirks.Has(Quirk.GoneOrderIsRejected) ? ChangeCode.Rejected : ChangeCode.OrderNotFound);

    private string? RefusalOf(ModifyRequest request, VenueOrder order)
    {
        ProductFloor floor = _venue.FloorOf(order.Contract.Product);
        if (request.Size <= order.FillVolume) return Texts.MadeUp.BelowFilled;
        if (OrderChecks.Bounds(request.Size, request.LimitPrice, request.StopPrice, request.TrailPrice) is { } beyond) return beyond;
        if (request.Size > order.Size && order.ParentId is null && RefusalOfMore(order, request.Size.Value - order.Size) is { } tooLarge) return tooLarge;
        if (request.TrailPrice is { } trail) return order.Type == OrderType.TrailingStop ? OrderChecks.Trail(trail, floor, _venue.TickFactor) : null;
        OrderType checkedType = order.IsTriggered && order.Type == OrderType.StopLimit ? OrderType.Limit : order.Type;
        if (request.LimitPrice is null && request.StopPrice is null) return null;
        return OrderChecks.Prices(checkedType, order.Side, request.LimitPrice ?? order.LimitPrice, request.StopPrice ?? order.StopPrice, floor, _venue.Options, _venue.TickFactor);
    }

    private string? RefusalOfMore(VenueOrder order, int size)
    {
        TradingAccount account = _venue.AccountOf(order.AccountId)!;
        return Exposure.SizeRefusalOf(account, order.Contract, order.Side, size) ?? (_venue.CanAfford(account, order.Contract, order.Side, size) ? null : Texts.MadeUp.Funds);
    }

    /// <summary>Carried out later than accepted: what filled meanwhile stays filled.</summary>
    private void Apply(ModifyRequest request, VenueOrder order)
    {
        if (!CanChange(order)) return;
        ProductFloor floor = _venue.FloorOf(order.Contract.Product);
        long? limit = Ticks(request.LimitPrice, order.Contract) ?? order.LimitTicks;
        bool keepsPlace = limit == order.LimitTicks && request.StopPrice is null && request.TrailPrice is null && (request.Size ?? order.Size) <= order.Size;
        if (order.LimitTicks is not null || order is { Status: OrderStatus.Suspended, Type: OrderType.Limit }) order.LimitTicks = limit;
        if ((order.StopTicks is not null && order.Type != OrderType.TrailingStop) || order is { Status: OrderStatus.Suspended, Type: OrderType.Stop }) order.StopTicks = Ticks(request.StopPrice, order.Contract) ?? order.StopTicks;
        if (request.TrailPrice is { } level && order.Type == OrderType.TrailingStop) SetTrail(order, level, floor);
        if (request.Size is { } size) order.Size = Math.Max(size, order.FillVolume);
        _life.Changed(order);
        if (order.IsWorking && !keepsPlace) floor.Requeue(order);
    }

    private void Cancel(VenueOrder order)
    {
        _life.Cancel(order);
        if (_venue.Quirks.Has(Quirk.LegCancelCancelsSibling) && order.Sibling is { } sibling) _life.Cancel(sibling);
    }

    private static void SetTrail(VenueOrder order, decimal level, ProductFloor floor)
    {
        int distance = OrderChecks.TrailTicks(level, floor);
        order.TrailTicks = order.Side == OrderSide.Ask ? -distance : distance;
        order.StopTicks = floor.LastTicks!.Value + order.TrailTicks;
    }

    /// <summary>Null for what is no price: a refused order is kept without it.</summary>
    private static long? Ticks(decimal? price, ContractMonth contract) => price is { } given && OrderChecks.IsPrice(given) ? (long)(given / contract.Product.Instrument.TickSize) : null;
}
