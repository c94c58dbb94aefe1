using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;
using Tradewind.Core.Risk.Sizing;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Signals;

/// <summary>Takes wishes from strategies: checks them, sizes them, and makes a signal of what is new.</summary>
internal sealed class SignalDesk(OutputBuffer outputs, Account account, ISizing sizing, bool allowShort) : ISnapshot
{
    private long _lastSignal;

    public Timestamp Now => outputs.Time;

    public TradingState State { get; set; }

    public void Take(StrategySlot slot, in Wish wish)
    {
        MarketState market = slot.Market;
        SignalRefusal refusal = State == TradingState.Halted
            ? Refuse(wish, out Wish exact)
            : SignalValidator.Check(in wish, slot.Instrument, market.Mark, out exact);
        if (refusal == SignalRefusal.None && SaysTheSame(slot, in exact)) return;
        decimal target = 0;
        if (refusal == SignalRefusal.None) refusal = Size(slot, in exact, out target);
        if (refusal != SignalRefusal.None)
        {
            slot.Counters.Refused++;
            outputs.Add(market.Index, slot.Index, new SignalRefused(wish.Action, refusal));
            return;
        }
        Raise(slot, in exact, target);
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _lastSignal);
        TradingState state = State;
        stream.Sync(ref state);
        State = state;
    }

    private static SignalRefusal Refuse(in Wish wish, out Wish exact)
    {
        exact = wish;
        return SignalRefusal.Stopped;
    }

    private bool SaysTheSame(StrategySlot slot, in Wish exact) =>
        slot.Wish is { } standing && standing.Action == exact.Action && Now < standing.Expires && standing.HasTerms(exact.Terms);

    private void Raise(StrategySlot slot, in Wish wish, decimal target)
    {
        MarketState market = slot.Market;
        Timestamp expires = market.SessionAt(Now).Close;
        if (wish.Validity is { } validity && Now + validity < expires) expires = Now + validity;
        var signal = new Signal(++_lastSignal, slot.Index, market.Index, Now, in wish, expires);
        bool isPlain = wish.Terms.Equals(default(Wish.Prices)) && wish.Validity is null;
        slot.Set(signal, isPlain, target);
        slot.Counters.Signals++;
        slot.Counters.ConfidenceSum += wish.Confidence;
        outputs.Add(signal);
        foreach (IndicatorUse use in slot.Indicators) AddIndicator(market.Index, slot.Index, signal.Id, use);
        market.NeedsDecision = true;
        if (expires < market.NextExpiry) market.NextExpiry = expires;
    }

    private void AddIndicator(int instrument, int strategy, long signal, in IndicatorUse use)
    {
        for (int i = 0; i < use.Indicator.OutputCount; i++)
        {
            outputs.Add(instrument, strategy, new IndicatorRead(signal, i, use.Indicator[i]), use.Indicator.Name);
        }
    }

    /// <summary>The signed position wished for. Without a quantity of its own, a wish for the side that is held already keeps what is held.</summary>
    private SignalRefusal Size(StrategySlot slot, in Wish wish, out decimal target)
    {
        target = 0;
        if (wish.Action is SignalAction.Close or SignalAction.Hold) return SignalRefusal.None;
        if (wish.Action == SignalAction.Sell && !allowShort) return SignalRefusal.None;
        int direction = wish.Action == SignalAction.Buy ? 1 : -1;
        decimal held = slot.Position.Quantity;
        if (wish.Terms.HasQuantity)
        {
            target = direction * wish.Terms.Quantity;
            return SignalRefusal.None;
        }
        if (held * direction > 0m)
        {
            target = held;
            return SignalRefusal.None;
        }
        if (double.IsNaN(slot.Market.Mark)) return SignalRefusal.NoPrice;
        decimal entry = wish.Terms.Limit != 0m ? wish.Terms.Limit : wish.Terms.Stop != 0m ? wish.Terms.Stop : slot.Instrument.RoundToTick(slot.Market.Mark);
        decimal size = sizing.Size(new(slot.Instrument, entry, wish.Terms.StopLoss, account.Equity));
        target = direction * size;
        return size > 0m ? SignalRefusal.None : SignalRefusal.SizeIsZero;
    }
}
