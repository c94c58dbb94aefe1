using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;

namespace Tradewind.Live.Sync;

/// <summary>Books each execution of the account once: to the order of ours that it is of, or as not ours.</summary>
internal sealed class FillDesk(SyncOptions options, SyncMoment moment, Teller teller, OrderBook book, OrderVerdicts verdicts, FillLedger ledger, Positions positions, Strangers strangers, SyncCounts counts)
{
    /// <summary>A mean price need not end, and what is booked at one that does not leaves dust in every sum of money after it.</summary>
    private const int PriceDecimals = 10;

    /// <summary>No price, quantity or fee is larger: sums of money with one that is would lose their last digits, or not fit at all.</summary>
    public const decimal Most = 1_000_000_000m;

    /// <summary>Clocks differ, but not by so much.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    /// <summary>By <see cref="SyncMoment.Now"/>.</summary>
    public Timestamp LastAt { get; private set; } = Timestamp.MinValue;

    public void On(in VenueFill told, bool isReply)
    {
        if (IsUnreadable(in told)) return;
        VenueFill fill = Timed(in told);
        if (ledger.TryGet(fill.ExecutionId, out Execution known))
        {
            if (fill.IsVoided) Reverse(known);
            else if (isReply && known is { Fate: ExecutionFate.Booked, Order.IsNone: true } && Owner(in fill) is { } owner) Adopt(in known, owner, in fill);
            return;
        }
        KnownOrder? order = Owner(in fill);
        if (fill.Time < ledger.Horizon && order is null or { IsHistory: true }) return;
        if (fill.IsVoided) Void(in fill);
        else if (order is not null) Book(order, in fill, isReply);
        else if (book.IsForeign(fill.VenueOrderId, out string? words)) BookExternal(in fill, words);
        else strangers.Keep(in fill, isReply);
    }

    /// <summary>A time far ahead counts as now: by it, all executions of before would be too old to be remembered.</summary>
    private VenueFill Timed(in VenueFill fill)
    {
        if (fill.Time - moment.Clock < MostAhead) return fill;
        teller.NoticeOnce("execution ahead", Math.Max(fill.Instrument, -1), $"Execution {fill.ExecutionId} is of {fill.Time}, and it is {moment.Clock}: it counts as of now.");
        return fill with { Time = moment.Clock };
    }

    /// <summary>The order number turned out to be of this order of ours: what was kept or booked under it moves to the order.</summary>
    public void Attribute(string venueId, KnownOrder order)
    {
        foreach (long id in ledger.TakeExternal(venueId)) Move(id, order);
        if (strangers.Take(venueId) is not { } stranger) return;
        foreach (VenueFill fill in stranger.Fills)
        {
            if (ledger.TryGet(fill.ExecutionId, out _)) continue;
            if (IsOf(order, in fill)) Book(order, in fill, false);
            else BookExternal(in fill, $"order {venueId}, which has our client id {order.ClientId} and another side or instrument");
        }
    }

    /// <summary>The order number turned out to be of an order that is not ours.</summary>
    public void Disown(string venueId, string words)
    {
        if (strangers.Take(venueId) is not { } stranger) return;
        foreach (VenueFill fill in stranger.Fills)
        {
            if (!ledger.TryGet(fill.ExecutionId, out _)) BookExternal(in fill, words);
        }
    }

    /// <summary>Books what the order's own rows call filled and no execution tells. Its number follows from order and quantity, so that it is the same whenever it is made.</summary>
    /// <returns>False when not even a price is known.</returns>
    public bool BookSynthetic(KnownOrder order)
    {
        decimal quantity = order.Shortfall, price = decimal.Round(PriceOfShortfall(order), PriceDecimals);
        if (price == 0m) return false;
        order.Synthetic += quantity;
        order.SyntheticUntil = order.ReportedAt + options.Grace;
        counts.SyntheticFills++;
        teller.Notice(order.Instrument, $"Order {order.ClientId}: the venue reports {order.Reported} filled and tells no execution for {quantity} of them; booked at {price}, without its fee.");
        TellSynthetic(order, quantity, price);
        return true;
    }

    private void TellSynthetic(KnownOrder order, decimal quantity, decimal price)
    {
        long id = SyntheticId.Of(order.ClientId, order.Booked + quantity);
        while (ledger.TryGet(id, out _)) id--;
        order.SyntheticId = id;
        Tell(order, new(id, order.Id, order.VenueId, order.Instrument, order.Side.Sign() * quantity, price, 0m, moment.Clock));
    }

    private KnownOrder? Owner(in VenueFill fill) =>
        book.ByVenueId(fill.VenueOrderId) is { } order && IsOf(order, in fill) ? order : null;

    private static bool IsOf(KnownOrder order, in VenueFill fill) => order.Instrument == fill.Instrument && order.Side == fill.Side;

    private bool IsUnreadable(in VenueFill fill)
    {
        if (fill.Instrument < 0)
        {
            teller.NoticeOnce("instrument " + fill.VenueOrderId, -1, $"The account traded an instrument that this session does not know (execution {fill.ExecutionId} of order {fill.VenueOrderId}); it is not in the books.");
            return true;
        }
        if (fill.ExecutionId > 0 && fill.Quantity is > 0m and <= Most && fill.Price != 0m && Math.Abs(fill.Price) <= Most && Math.Abs(fill.Fee) <= Most) return false;
        teller.NoticeOnce($"execution {fill.ExecutionId}", fill.Instrument, $"Execution {fill.ExecutionId} of order {fill.VenueOrderId} has quantity {fill.Quantity} at price {fill.Price} and a fee of {fill.Fee}: a number, a quantity above zero and a price were expected, none of them beyond {Most}, and it is not booked.");
        return true;
    }

    private void Void(in VenueFill fill)
    {
        strangers.Drop(in fill);
        KnownOrder? order = Owner(in fill);
        if (order is { Synthetic: > 0m })
        {
            Book(order, fill with { IsVoided = false }, false);
            if (ledger.TryGet(fill.ExecutionId, out Execution known)) Reverse(in known);
            return;
        }
        if (order is not null) NeverBook(order, fill.Quantity);
        ledger.Add(new(fill.ExecutionId, order?.Id ?? default, fill.VenueOrderId, fill.Instrument, fill.SignedQuantity, fill.Price, fill.Fee, fill.Time, ExecutionFate.Reversed));
    }

    /// <summary>Units that the order's rows may call filled, and that do not stand.</summary>
    private void NeverBook(KnownOrder order, decimal quantity)
    {
        order.Voided += quantity;
        if (order.Shortfall <= 0m) order.ShortSince = Timestamp.MaxValue;
        verdicts.TryEnd(order);
    }

    private void Book(KnownOrder order, in VenueFill fill, bool isReply)
    {
        if (isReply) counts.FillsFound++;
        strangers.Drop(in fill);
        decimal absorbed = Absorb(order, in fill);
        if (absorbed == fill.Quantity) return;
        Tell(order, new(fill.ExecutionId, order.Id, fill.VenueOrderId, fill.Instrument, order.Side.Sign() * (fill.Quantity - absorbed), fill.Price, fill.Fee, fill.Time));
    }

    /// <summary>Units of the execution that a synthetic one stands for already.</summary>
    private decimal Absorb(KnownOrder order, in VenueFill fill)
    {
        if (order.Synthetic == 0m || (fill.Time > order.SyntheticUntil && order.Shortfall > 0m)) return 0m;
        decimal absorbed = Math.Min(order.Synthetic, fill.Quantity);
        order.Synthetic -= absorbed;
        if (absorbed == fill.Quantity) ledger.Add(new(fill.ExecutionId, order.Id, fill.VenueOrderId, fill.Instrument, order.Side.Sign() * absorbed, fill.Price, fill.Fee, fill.Time, ExecutionFate.Absorbed));
        teller.Notice(order.Instrument, $"Execution {fill.ExecutionId} of order {order.ClientId} ({fill.Quantity} at {fill.Price}, fee {fill.Fee}) came late: {absorbed} of it were booked before, as execution {order.SyntheticId}.");
        return absorbed;
    }

    private void Tell(KnownOrder order, in Execution execution)
    {
        ledger.Add(in execution);
        decimal quantity = Math.Abs(execution.Quantity);
        order.Booked += quantity;
        order.BookedValue += quantity * execution.Price;
        if (order.Shortfall <= 0m) order.ShortSince = Timestamp.MaxValue;
        verdicts.FindByFill(order);
        verdicts.Accept(order);
        teller.Fill(BrokerEventKind.Filled, order.Id, in execution);
        positions.Apply(execution.Instrument, execution.Quantity, execution.Price);
        LastAt = moment.Now;
        verdicts.OnBooked(order);
    }

    private void BookExternal(in VenueFill fill, string words)
    {
        counts.ExternalFills++;
        var execution = new Execution(fill.ExecutionId, default, fill.VenueOrderId, fill.Instrument, fill.SignedQuantity, fill.Price, fill.Fee, fill.Time);
        ledger.Add(in execution);
        TellExternal(in execution, execution.Quantity, execution.Fee, words);
    }

    private void TellExternal(in Execution execution, decimal signed, decimal fee, string words)
    {
        teller.Account(execution.Instrument, new AccountEvent(AccountEventKind.ExternalFill, execution.Id, signed, execution.Price, fee), words);
        positions.Apply(execution.Instrument, signed, execution.Price);
        LastAt = moment.Now;
    }

    private void Move(long id, KnownOrder order)
    {
        if (!ledger.TryGet(id, out Execution execution)) return;
        if (execution.Fate == ExecutionFate.Reversed) NeverBook(order, Math.Abs(execution.Quantity));
        if (execution.Fate != ExecutionFate.Booked) return;
        TellExternal(in execution, -execution.Quantity, -execution.Fee, $"execution {id} belongs to order {order.ClientId}");
        Execution ours = execution with { Order = order.Id };
        ledger.Remove(id);
        Tell(order, in ours);
    }

    /// <summary>It was booked as not ours by a row that named another order or another side; the venue's answer names this one.</summary>
    private void Adopt(in Execution known, KnownOrder order, in VenueFill fill)
    {
        TellExternal(in known, -known.Quantity, -known.Fee, $"execution {known.Id} belongs to order {order.ClientId}");
        ledger.Remove(known.Id);
        Book(order, in fill, isReply: true);
    }

    private void Reverse(in Execution known)
    {
        if (known.Fate == ExecutionFate.Reversed) return;
        ledger.Change(known with { Fate = ExecutionFate.Reversed });
        if (known.Order.IsNone)
        {
            TellExternal(in known, -known.Quantity, -known.Fee, $"the venue took execution {known.Id} back");
            return;
        }
        if (known.Fate == ExecutionFate.Absorbed) ReverseAbsorbed(in known);
        else ReverseOurs(in known, Math.Abs(known.Quantity));
    }

    /// <summary>The stand-in goes; what else it stood for gets another one.</summary>
    private void ReverseAbsorbed(in Execution known)
    {
        if (book.Find(known.Order) is not { } order || !ledger.TryGet(order.SyntheticId, out Execution standIn) || standIn.Fate == ExecutionFate.Reversed) return;
        decimal quantity = Math.Abs(known.Quantity), rest = Math.Abs(standIn.Quantity) - quantity;
        ledger.Change(standIn with { Fate = ExecutionFate.Reversed });
        ReverseOurs(in standIn, quantity);
        if (rest > 0m) TellSynthetic(order, rest, standIn.Price);
    }

    /// <param name="voided">Units that the venue took back.</param>
    private void ReverseOurs(in Execution booked, decimal voided)
    {
        if (book.Find(booked.Order) is { } order)
        {
            decimal quantity = Math.Abs(booked.Quantity);
            order.Booked -= quantity;
            order.BookedValue -= quantity * booked.Price;
            order.Voided += voided;
        }
        teller.Fill(BrokerEventKind.Busted, booked.Order, in booked);
        positions.Apply(booked.Instrument, -booked.Quantity, booked.Price);
        LastAt = moment.Now;
    }

    /// <summary>What the missing part must have traded at for the order's mean price to be right; where the venue tells none, the nearest price that is known.</summary>
    private decimal PriceOfShortfall(KnownOrder order)
    {
        decimal known = order.Booked + order.Voided;
        if (order.ReportedPrice is { } mean and not 0m) return decimal.Round(known == 0m || order.Voided != 0m ? mean : (mean * order.Reported - order.BookedValue) / order.Shortfall, Position.ShareDecimals);
        if (order.LimitPrice != 0m) return order.LimitPrice;
        return order.StopPrice != 0m ? order.StopPrice : positions.NearestPrice(order.Instrument);
    }
}
