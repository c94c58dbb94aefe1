using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Signals;

/// <summary>Where a strategy's wishes go: into the engine, or to the strategy that hosts it.</summary>
internal abstract class WishDesk(OutputBuffer outputs, Account account)
{
    protected OutputBuffer Outputs { get; } = outputs;

    protected Account Account { get; } = account;

    public Timestamp Now => Outputs.Time;

    public double Equity => Account.Equity;

    /// <summary>A desk for the wishes of a strategy that another one hosts.</summary>
    public PaperDesk Host() => new(Outputs, Account);

    public void Take(StrategySlot slot, in Wish wish)
    {
        SignalRefusal refusal = SignalValidator.Check(in wish, slot, out Wish.Prices? exact);
        Take(slot, wish.Said, exact, refusal);
    }

    /// <summary>The same for a wish without terms of its own.</summary>
    public void Take(StrategySlot slot, in Wish.Gist wish) =>
        Take(slot, in wish, null, wish.IsSound ? SignalRefusal.None : SignalRefusal.ConfidenceOutOfRange);

    /// <summary>The position is what the standing wish asked for: what it names as next is wished for now.</summary>
    public void GoOn(StrategySlot slot)
    {
        if (slot.Wish?.Then is not { IsSpent: false } next || slot.Position.IsFlat || slot.Position.Quantity != slot.Target) return;
        next.IsSpent = true;
        SignalRefusal refusal = next.Exact is null ? SignalRefusal.None : SignalValidator.CheckPrices(next.Said.Action, in next.Exact.Exact, slot);
        Take(slot, next.Said, next.Exact, refusal);
    }

    /// <summary>Of two entries the second filled: it is the wish that stands, for the size that it was sent for.</summary>
    public abstract void Win(StrategySlot slot, ExactLink second);

    /// <param name="exact">The terms; null for a plain wish.</param>
    /// <param name="refusal">Why it is no sound wish; none where it is one.</param>
    protected abstract void Take(StrategySlot slot, in Wish.Gist wish, Wish.Prices? exact, SignalRefusal refusal);
}
