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

    public abstract void Take(StrategySlot slot, in Wish wish);
}
