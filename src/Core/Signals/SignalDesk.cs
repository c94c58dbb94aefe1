using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Signals;

/// <summary>Takes wishes from strategies: checks them, sizes them, and makes a signal of what is new.</summary>
internal sealed class SignalDesk(OutputBuffer outputs, Account account, SizingDesk sizing, bool allowShort) : WishDesk(outputs, account), ISnapshot
{
    private long _lastSignal;

    public TradingState State { get; set; }

    /// <summary>A strategy joins: its sizes need what the sizing looks at.</summary>
    public void Join(StrategySlot slot) => sizing.Join(slot);

    /// <summary>A strategy with legs spoke, so that any market may need a decision, not only the one that the input is about.</summary>
    public bool IsAnywhere { get; set; }

    protected override void Take(StrategySlot slot, in Wish.Gist wish, Wish.Prices? exact, SignalRefusal refusal)
    {
        if (State == TradingState.Halted) refusal = SignalRefusal.Stopped;
        if (refusal == SignalRefusal.None && SaysTheSame(slot, wish.Action, exact)) return;
        decimal target = 0m;
        if (refusal == SignalRefusal.None) refusal = Size(slot, wish.Action, exact, out target);
        if (refusal == SignalRefusal.None && exact?.Or is { } or)
        {
            refusal = Size(slot, or.Said.Action, or.Exact, out decimal other);
            or.Target = other;
        }
        if (refusal == SignalRefusal.None)
        {
            Raise(slot, in wish, exact, target);
            return;
        }
        slot.Counters.Refused++;
        Outputs.Add(slot.Market.Index, slot.Index, new SignalRefused(wish.Action, refusal));
        int bit = 1 << (int)refusal;
        if (!refusal.IsContradiction() || (slot.Counters.ToldRefusals & bit) != 0) return;
        slot.Counters.ToldRefusals |= bit;
        Outputs.AddAlert(slot.Market.Index, $"{slot.Name}: a wish to {wish.Action} is refused: {refusal.Sentence()}. Further ones are refused without a word.");
    }

    public override void Win(StrategySlot slot, ExactLink second) => Raise(slot, second.Said, second.Exact, second.Target);

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _lastSignal);
        TradingState state = State;
        stream.Sync(ref state);
        State = state;
    }

    private bool SaysTheSame(StrategySlot slot, SignalAction action, Wish.Prices? exact) =>
        slot.Wish is { } standing && standing.Action == action && Now < standing.Expires && standing.HasTerms(exact);

    private void Raise(StrategySlot slot, in Wish.Gist wish, Wish.Prices? exact, decimal target)
    {
        MarketState market = slot.Market;
        Timestamp expires = WishLife.EndOf(exact, wish.Validity, Now, market.SessionAt(Now).Close);
        var signal = new Signal(++_lastSignal, slot.Index, market.Index, Now, in wish, exact, expires);
        slot.Set(signal, exact is null && wish.Validity is null, target);
        slot.Counters.Signals++;
        slot.Counters.ConfidenceSum += wish.Confidence;
        Outputs.Add(signal);
        foreach (IndicatorUse use in slot.Indicators) AddIndicator(market.Index, slot.Index, signal.Id, in use);
        market.NeedsDecision = true;
        IsAnywhere |= slot.IsLinked;
        if (exact is not null) NoteProtection(slot, signal);
        if (signal.Execution is not null) market.HasParents = true;
        if (expires < market.NextExpiry) market.NextExpiry = expires;
    }

    /// <summary>A wish for the side that is held moves the protective orders to the prices that it names.</summary>
    private static void NoteProtection(StrategySlot slot, Signal signal)
    {
        bool isHeld = signal.Action == SignalAction.Buy ? slot.Position.QuantityAsDouble > 0 : signal.Action == SignalAction.Sell && slot.Position.QuantityAsDouble < 0;
        if (!isHeld) return;
        slot.Protection.Plan = signal.Id;
        if (!signal.Exits.IsNone)
        {
            slot.Protection.Exits = signal.Exits;
            StopTrailer.Begin(slot, slot.Market.Mark);
            slot.Market.NeedsProtection = true;
        }
        if (signal.StopLoss is { } stop) slot.Protection.StopLoss = stop;
        if (signal.TakeProfit is { } target) slot.Protection.TakeProfit = target;
        if (!signal.Targets.IsNone) slot.Protection.Aim(signal.Targets, Math.Abs(slot.Position.Quantity));
        slot.Market.NeedsProtection = slot.Market.NeedsProtection || signal.StopLoss is not null || signal.TakeProfit is not null || !signal.Targets.IsNone;
    }

    private void AddIndicator(int instrument, int strategy, long signal, in IndicatorUse use)
    {
        for (int i = 0; i < use.Indicator.OutputCount; i++)
        {
            Outputs.AddIndicator(instrument, strategy, signal, i, use.Indicator[i], use.Indicator.Name);
        }
    }

    /// <summary>The signed position wished for. Without a quantity of its own, a wish for the side that is held already keeps what is held.</summary>
    private SignalRefusal Size(StrategySlot slot, SignalAction action, Wish.Prices? exact, out decimal target)
    {
        target = 0m;
        if (action is SignalAction.Close or SignalAction.Hold || (action == SignalAction.Sell && !allowShort)) return SignalRefusal.None;
        bool isBuy = action == SignalAction.Buy;
        decimal size = exact?.Exact.Quantity ?? 0m;
        if (exact is not null && exact.Exact.IsReduceOnly)
        {
            decimal wished = size.IsZero ? decimal.MaxValue : size;
            target = Reduced(isBuy ? wished : -wished, slot.Position.Quantity);
            return SignalRefusal.None;
        }
        if (size.IsZero)
        {
            double held = slot.Position.QuantityAsDouble;
            if (isBuy ? held > 0 : held < 0)
            {
                target = slot.Position.Quantity;
                return SignalRefusal.None;
            }
            if (double.IsNaN(slot.Market.Mark)) return SignalRefusal.NoPrice;
            SignalRefusal why = sizing.Size(slot, EntryOf(slot, exact), StopOf(slot, exact, isBuy), Account.Equity, out size);
            if (why != SignalRefusal.None) return why;
        }
        target = isBuy ? size : -size;
        return SignalRefusal.None;
    }

    /// <summary>The wished position as far as it only takes off what is held.</summary>
    public static decimal Reduced(in decimal target, in decimal held) => held.IsAboveZero ? Math.Clamp(target, 0m, held) : Math.Clamp(target, held, 0m);

    /// <summary>The protective stop as it will begin; 0 for none.</summary>
    private static double StopOf(StrategySlot slot, Wish.Prices? exact, bool isBuy)
    {
        if (exact is null) return 0;
        if (!exact.Exact.StopLoss.IsZero || exact.Exact.Exits.Trail.IsNone) return (double)exact.Exact.StopLoss;
        double entry = EntryOf(slot, exact), distance = slot.LengthOf(exact.Exact.Exits.Trail, entry);
        return isBuy ? entry - distance : entry + distance;
    }

    private static double EntryOf(StrategySlot slot, Wish.Prices? exact)
    {
        if (exact is null) return slot.Market.Mark;
        decimal price = !exact.Exact.Limit.IsZero ? exact.Exact.Limit : exact.Exact.Stop;
        return price.IsZero ? slot.Market.Mark : (double)price;
    }
}
