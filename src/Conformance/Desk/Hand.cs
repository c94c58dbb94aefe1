using System.Collections.Concurrent;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Conformance.Desk;

/// <summary>A strategy that wishes what a card tells it, at the next trade.</summary>
internal sealed class Hand : Strategy
{
    private readonly ConcurrentQueue<Wish> _wishes = new();

    public void Tell(in Wish wish) => _wishes.Enqueue(wish);

    protected override void OnBar(in Bar bar)
    {
    }

    protected override void OnTrade(in Trade trade)
    {
        while (_wishes.TryDequeue(out Wish wish)) Emit(in wish);
    }
}
