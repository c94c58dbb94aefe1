using Tradewind.Chaos.Faults;
using Tradewind.Chaos.World;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Chaos.Checks;

/// <summary>Sees that no order adds risk on market data that is too old, or while the feed says that it is down.</summary>
internal sealed class FreshnessWatch(Agenda agenda, FaultMix mix, Action<string, string> breaks)
{
    private readonly Dictionary<int, Timestamp> _heard = [];
    private readonly HashSet<int> _down = [];

    public void Hear(in Input input)
    {
        if (input.Kind == InputKind.Trade) _heard[input.Instrument] = agenda.Now;
        else if (input.Kind == InputKind.Feed && input.Feed.Kind == FeedEventKind.Down) _down.Add(input.Instrument);
        else if (input.Kind == InputKind.Feed && input.Feed.Kind == FeedEventKind.Up) _down.Remove(input.Instrument);
    }

    public void Check(Order order)
    {
        TimeSpan age = agenda.Now - _heard.GetValueOrDefault(order.Instrument);
        // While the machine's clock is set back the program counts a hundredth less.
        if (age * 0.99 > Rulebook.MaximumAge) breaks("I9", $"order {order.Id} adds risk on data that is {age.TotalSeconds:F1} s old");
        if (_down.Contains(order.Instrument)) breaks("I9", $"order {order.Id} adds risk while the feed of instrument {order.Instrument} is down");
        foreach (Fault fault in new[] { Fault.F36, Fault.F37, Fault.F39 })
        {
            if (mix.Strikes.CountOf(fault) > 0) mix.Strikes.Measure(fault, age);
        }
    }
}
