using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>
/// Lets through the trades that can be believed. One far from the last waits until two more agree with it: then all three pass, in
/// order; when the next is back near the last, the one that waited is dropped. Before any price is known, the first waits too.
/// </summary>
internal sealed class TradeFilter(PriceCheck check, Action<Doubt, int> dropped)
{
    private const int Agreeing = 3;

    private readonly List<(Trade Trade, long At)> _waiting = new(Agreeing);
    private readonly List<(Trade Trade, long At)> _passed = new(Agreeing);
    private double _last = double.NaN;

    /// <summary>The price that new ones are held against; NaN before any. Set from history when there is some.</summary>
    public double Last => _last;

    /// <summary>The trades that pass now, oldest first; valid until the next call.</summary>
    public IReadOnlyList<(Trade Trade, long At)> Admit(in Trade trade, long at)
    {
        _passed.Clear();
        Doubt doubt = check.Of(trade.Price);
        if (doubt == Doubt.None && !(trade.Size > 0 && double.IsFinite(trade.Size))) doubt = Doubt.Size;
        if (doubt != Doubt.None) dropped(doubt, 1);
        else if (check.IsNear(trade.Price, _last)) Pass(trade, at);
        else Wait(trade, at);
        return _passed;
    }

    /// <summary>Forgets what waits; with a price, goes on from there.</summary>
    public void Restart(double last)
    {
        DropWaiting();
        _last = last;
    }

    private void Pass(in Trade trade, long at)
    {
        DropWaiting();
        _last = trade.Price;
        _passed.Add((trade, at));
    }

    private void Wait(in Trade trade, long at)
    {
        if (_waiting.Count > 0 && !check.IsNear(trade.Price, _waiting[0].Trade.Price)) DropWaiting();
        _waiting.Add((trade, at));
        if (_waiting.Count < Agreeing) return;
        _passed.AddRange(_waiting);
        _waiting.Clear();
        _last = trade.Price;
    }

    private void DropWaiting()
    {
        if (_waiting.Count > 0) dropped(Doubt.Jump, _waiting.Count);
        _waiting.Clear();
    }
}
