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

    /// <param name="exact">The terms; null for a plain wish.</param>
    /// <param name="refusal">Why it is no sound wish; none where it is one.</param>
    protected abstract void Take(StrategySlot slot, in Wish.Gist wish, Wish.Prices? exact, SignalRefusal refusal);
}
