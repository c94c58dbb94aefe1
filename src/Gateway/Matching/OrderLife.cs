using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Orders;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Matching;

/// <summary>What happens to an order after it was taken: activation, fills, brackets, cancels. Every step is told to the events.</summary>
internal sealed class OrderLife : IFills
{
    private readonly TradingVenue _venue;
    private readonly IVenueEvents _events;
    private readonly Bookkeeper _books;
    private readonly PositionBrackets _brackets;

    public OrderLife(TradingVenue venue, IVenueEvents events)
    {
        _venue = venue;
        _events = events;
        _books = new(events);
        _brackets = new(venue, this);
    }

    public IVenueEvents Events => _events;

    public Bookkeeper Books => _books;

    /// <summary>Takes an order with its children into the account and has it activated after the delay.</summary>
    public void Start(TradingAccount account, VenueOrder order)
    {
        order.Status = OrderStatus.Pending;
        account.Keep(order);
        VenueOrder? stop = order.Children.Find(child => child.Type is OrderType.Stop or OrderType.TrailingStop);
        if (stop is not null) Suspend(account, stop);
        _events.Order(order);
        foreach (VenueOrder child in order.Children.Where(child => child != stop)) Suspend(account, child);
        _venue.After(_venue.Strike(FaultKind.SlowMatching, order)?.EffectiveDelay ?? _venue.Options.ActivationDelay, () => Activate(order));
    }

    /// <summary>Goes on with an order of an earlier process.</summary>
    public void Resume(VenueOrder order)
    {
        if (order.Status == OrderStatus.Pending) _venue.After(_venue.Options.ActivationDelay, () => Activate(order));
        if (order.IsWorking) _venue.FloorOf(order.Contract.Product).Return(order);
        if (!order.Status.IsTerminal() && order.Sibling is { Status: OrderStatus.Filled }) _venue.After(_venue.Options.OcoDelay, () => Cancel(order));
        if (order.Accepted is { } change) _venue.Entry.Take(order, change);
        bool hasBegun = order.FillVolume > order.Covered.Volume && (order.Status.IsTerminal() || !_venue.Quirks.Has(Quirk.BracketsWait));
        if (hasBegun && order.Children.Exists(child => child.Status == OrderStatus.Suspended)) _venue.After(_venue.Options.BracketDelay, () => ActivateChildren(order));
    }

    /// <summary>Goes on with what the platform attached to an account's positions.</summary>
    public void ResumeBrackets(TradingAccount account) => _brackets.Resume(account);

    /// <summary>Takes an order of the platform itself, which works at once.</summary>
    public void Work(TradingAccount account, VenueOrder order)
    {
        account.Keep(order);
        Change(order, OrderStatus.Open);
        _venue.FloorOf(order.Contract.Product).Work(order);
    }

    /// <summary>The order exists, its tag is used up, and it never works.</summary>
    public void Refuse(TradingAccount account, VenueOrder order)
    {
        order.Status = OrderStatus.Rejected;
        account.Keep(order);
        _events.Kept(order);
        _venue.After(_venue.Options.RejectionDelay, () => _events.Order(order));
    }

    /// <summary>Cancels at once. A bracket whose entry has not filled at all goes with it.</summary>
    public void Cancel(VenueOrder order, OrderStatus status = OrderStatus.Cancelled)
    {
        if (order.Status.IsTerminal()) return;
        _venue.FloorOf(order.Contract.Product).Forget(order);
        Change(order, status);
        if (order.FillVolume == 0)
        {
            foreach (VenueOrder child in order.Children) Cancel(child, status);
        }
        else if (_venue.Quirks.Has(Quirk.BracketsWait))
        {
            _venue.After(_venue.Options.BracketDelay, () => ActivateChildren(order));
        }
    }

    /// <summary>Ends all orders of a product because their day is over.</summary>
    public void Expire(Product product)
    {
        foreach (VenueOrder order in _venue.Accounts.SelectMany(account => account.Unfinished.Where(order => order.Contract.Product == product)).ToArray()) Cancel(order, OrderStatus.Expired);
    }

    public void Filled(VenueOrder order, long ticks, int size)
    {
        order.FillVolume += size;
        order.FillValue += ticks * size;
        order.ShownFillTicks = _venue.Quirks.Has(Quirk.LastFillPrice) ? ticks : null;
        if (_venue.Quirks.Has(Quirk.FillsUpdateTime)) order.Updated = _venue.Now;
        order.Status = order.Remaining <= 0 ? OrderStatus.Filled : order.Status.IsTerminal() ? order.Status : OrderStatus.Open;
        if (order.Status == OrderStatus.Filled) _venue.FloorOf(order.Contract.Product).Forget(order);
        _events.Order(order);
        TradingAccount account = _venue.AccountOf(order.AccountId)!;
        bool reduces = Math.Sign(account.NetOf(order.Contract)) == -order.Side.Sign();
        _books.Book(account, order, ticks * order.Contract.Product.Instrument.TickSize, size, _venue.Now);
        FollowChildren(order, ticks, size);
        FollowSibling(order, size);
        _brackets.Follow(account, order.Contract);
        if (reduces && order.ParentId is null && _venue.Quirks.Has(Quirk.ReductionCancelsBrackets)) _venue.After(_venue.Options.OcoDelay, () => CancelBrackets(account, order));
    }

    /// <summary>Voids a trade and books it anew at another price.</summary>
    public void Correct(TradingAccount account, VenueTrade trade, decimal price)
    {
        _books.Void(account, trade, _venue.Now);
        if (account.OrderOf(trade.OrderId) is not { } order) return;
        order.FillValue += (long)((price - trade.Price) / order.Contract.Product.Instrument.TickSize) * trade.Size;
        _books.Book(account, order, price, trade.Size, _venue.Now);
    }

    public bool IsCut(VenueOrder order) => _venue.Strike(FaultKind.PartialFill, order) is not null;

    /// <summary>Cancels a bracket child and puts one like it, without a tag, in its place.</summary>
    public void Replace(TradingAccount account, VenueOrder leg)
    {
        VenueOrder twin = _venue.Entry.Twin(leg);
        Cancel(leg);
        if (leg.Sibling is { } sibling) (sibling.Sibling, twin.Sibling) = (twin, sibling);
        account.OrderOf(leg.ParentId!.Value)?.Children.Add(twin);
        Work(account, twin);
    }

    /// <summary>Takes a working order away without a word.</summary>
    public void Lose(VenueOrder order)
    {
        _venue.FloorOf(order.Contract.Product).Forget(order);
        (order.Status, order.IsHidden) = (OrderStatus.Cancelled, true);
        _events.Kept(order);
    }

    /// <summary>Tells of an order that nobody has heard of.</summary>
    public void Reveal(VenueOrder order)
    {
        order.IsHidden = false;
        _events.Order(order);
    }

    public void Moved(VenueOrder order) => Change(order, order.Status);

    /// <summary>A change was carried out; one that leaves nothing to fill ends the order.</summary>
    public void Changed(VenueOrder order)
    {
        if (order.Remaining <= 0) _venue.FloorOf(order.Contract.Product).Forget(order);
        Change(order, order.Remaining <= 0 ? OrderStatus.Filled : order.Status);
    }

    private void Suspend(TradingAccount account, VenueOrder child)
    {
        child.Status = OrderStatus.Suspended;
        account.Keep(child);
        _events.Order(child);
    }

    private void Activate(VenueOrder order)
    {
        if (order.Status != OrderStatus.Pending) return;
        if (_venue.Strike(FaultKind.RejectLater, order) is not null)
        {
            Cancel(order, OrderStatus.Rejected);
            return;
        }
        bool isHalted = _venue.FloorOf(order.Contract.Product).IsHalted;
        if (isHalted && order.Type == OrderType.Market)
        {
            Cancel(order);
            return;
        }
        if (order.Type != OrderType.Market) Change(order, OrderStatus.Open);
        _venue.FloorOf(order.Contract.Product).Work(order);
    }

    /// <summary>
    /// The first fill of an entry has its children activated, later ones let them grow. When a leg has filled already, what fills later gets a bracket of
    /// its own; a leg that was cancelled stays away.
    /// </summary>
    private void FollowChildren(VenueOrder entry, long ticks, int size)
    {
        if (entry.Children.Count == 0) return;
        VenueOrder[] legs = [.. entry.Legs];
        if (Array.Exists(legs, leg => leg.Status == OrderStatus.Filled))
        {
            entry.Covered = (entry.FillVolume - size, entry.FillValue - ticks * size);
            legs = [.. _venue.Entry.Again(entry)];
            foreach (VenueOrder leg in legs) Suspend(_venue.AccountOf(entry.AccountId)!, leg);
        }
        if (_venue.Quirks.Has(Quirk.BracketsWait) && !entry.Status.IsTerminal()) return;
        if (Array.Exists(legs, leg => leg.Status == OrderStatus.Suspended)) _venue.After(_venue.Strike(FaultKind.HeldLeg, entry)?.EffectiveDelay ?? _venue.Options.BracketDelay, () => ActivateChildren(entry));
        else if (!_venue.Quirks.Has(Quirk.BracketsWhole)) foreach (VenueOrder leg in legs.Where(leg => leg.IsWorking)) Resize(leg, leg.Size + size);
    }

    private void ActivateChildren(VenueOrder entry)
    {
        // The target is told first, then the stop, as it was seen live.
        foreach (VenueOrder child in entry.Legs.Where(child => child.Status == OrderStatus.Suspended).Reverse().ToArray())
        {
            int volume = entry.FillVolume - entry.Covered.Volume;
            long anchor = (long)Math.Round((double)(entry.FillValue - entry.Covered.Value) / volume, MidpointRounding.AwayFromZero);
            child.Size = _venue.Quirks.Has(Quirk.BracketsWhole) ? entry.Size - entry.Covered.Volume : volume;
            // One that was changed while it was suspended has its price already.
            if (child.Type == OrderType.Limit) child.LimitTicks ??= anchor + child.EntryOffset;
            else child.StopTicks ??= anchor + child.EntryOffset;
            Change(child, OrderStatus.Open);
            _venue.FloorOf(child.Contract.Product).Work(child);
        }
    }

    private void Resize(VenueOrder child, int size)
    {
        child.Size = size;
        Change(child, child.Status);
    }

    /// <summary>A leg that is filled cancels the other one; while it fills in parts, the other one shrinks with it.</summary>
    private void FollowSibling(VenueOrder order, int size)
    {
        if (order.Sibling is not { } sibling || sibling.Status.IsTerminal()) return;
        // A target that fills as it begins to work finds its stop still suspended.
        if (order.Status == OrderStatus.Filled) EndSibling(order, sibling);
        else if (sibling.IsWorking && sibling.Remaining > size) Resize(sibling, sibling.Size - size);
    }

    private void EndSibling(VenueOrder order, VenueOrder sibling)
    {
        if (_venue.Strike(FaultKind.OcoFails, order) is not null) return;
        if (sibling.IsWorking && _venue.Strike(FaultKind.BothLegsFill, order) is not null) _venue.After(_venue.Options.OcoDelay / 2, () => FillAtOwnPrice(sibling));
        _venue.After(_venue.Options.OcoDelay, () => Cancel(sibling));
    }

    private void FillAtOwnPrice(VenueOrder order)
    {
        if (order.IsWorking) Filled(order, order.LimitTicks ?? order.StopTicks!.Value, order.Remaining);
    }

    private void CancelBrackets(TradingAccount account, VenueOrder order)
    {
        foreach (VenueOrder child in account.Unfinished.Where(other => other.ParentId is not null && other.Contract == order.Contract && other.IsWorking).ToArray()) Cancel(child);
    }

    private void Change(VenueOrder order, OrderStatus status)
    {
        order.Status = status;
        order.Updated = _venue.Now;
        _events.Order(order);
    }
}
