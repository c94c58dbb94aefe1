using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Strategies;

/// <summary>A strategy inside another one. It is asked first, on the same bars, and trades one unit on paper; the host reads what it would hold alone.</summary>
public sealed class ChildStrategy
{
    private StrategySlot? _slot;

    internal ChildStrategy(Strategy strategy, string name)
    {
        Strategy = strategy;
        Name = name;
    }

    public string Name { get; }

    /// <summary>Buy while it is long on paper, Sell while it is short, Close while it is flat after it spoke; Hold before it ever spoke.</summary>
    public SignalAction Opinion =>
        Slot.Position.QuantityAsDouble > 0 ? SignalAction.Buy : Slot.Position.QuantityAsDouble < 0 ? SignalAction.Sell : Slot.Counters.Signals > 0 ? SignalAction.Close : SignalAction.Hold;

    /// <summary>1 long, −1 short, 0 flat.</summary>
    public int Direction => Math.Sign(Slot.Position.QuantityAsDouble);

    /// <summary>0 to 1: that of its last wish; 1 where the wish lapsed and the position stayed.</summary>
    public double Confidence => Slot.Wish is { } wish ? wish.Confidence : Direction != 0 ? 1 : 0;

    /// <summary>Where its paper position is protected; null for nowhere.</summary>
    public double? StopLoss => Slot.Position.IsFlat || Slot.Protection.StopLoss.IsZero ? null : (double)Slot.Protection.StopLoss;

    /// <summary>What it did so far, on paper.</summary>
    public StrategyCounters Counters => Slot.Counters;

    /// <summary>How much its paper results make its vote count; see <see cref="StrategyWeight"/>.</summary>
    public double Weight => Slot.Weight.Value;

    internal Strategy Strategy { get; }

    internal StrategySlot Paper => Slot;

    private StrategySlot Slot => _slot ?? throw new InvalidOperationException($"{Name} is not in an engine yet.");

    internal void Bind(StrategySlot host)
    {
        _slot = new StrategySlot(host.Index, $"{host.Name}/{Name}", Strategy, host.Market, host.Series, host.Desk.Host()) { Host = host };
        if (Strategy.IsBound) Strategy.Rebind(_slot);
        else Strategy.Bind(_slot);
    }

    internal void OnBar(in Bar bar)
    {
        PaperDesk.Fill(Slot, in bar);
        Strategy.HandleBar(in bar);
    }

    /// <summary>A bar of the past. Once it could have been asked, it is, so that its opinion after a restart is the one that it would have had.</summary>
    internal void OnHistory(in Bar bar, bool isReady)
    {
        if (isReady)
        {
            OnBar(in bar);
            return;
        }
        PaperDesk.Fill(Slot, in bar);
        Strategy.HandleHistory(in bar);
    }

    internal bool ListensTo(string method) => StrategySlot.Overrides(Strategy, method);

    internal void Sync(Snapshot stream) => Slot.Sync(stream);
}
