using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Market;

/// <summary>The bars of one instrument in one timeframe, the indicators on them, and the strategies that act on them.</summary>
internal sealed class Series : ISnapshot
{
    private readonly BarBuilder _builder;
    private Indicator[] _indicators = [];

    /// <summary>Those of them that count trades.</summary>
    private Indicator[] _tradeReaders = [];
    private Bar _lastBar;
    private bool _hasClosed;

    public Series(int index, Timeframe timeframe, Instrument instrument)
    {
        Index = index;
        Timeframe = timeframe;
        _builder = new BarBuilder(timeframe, instrument);
    }

    public int Index { get; }

    public Timeframe Timeframe { get; }

    public StrategySlot[] Slots { get; private set; } = [];

    public ReadOnlySpan<Indicator> Indicators => _indicators;

    public BarBuilder Builder => _builder;

    /// <summary>The last finished bar.</summary>
    public ref readonly Bar LastBar => ref _lastBar;

    /// <summary>A bar finished that the strategies were not asked about yet.</summary>
    public bool HasClosed { get => _hasClosed; set => _hasClosed = value; }

    /// <summary>True where bars of this length need no building.</summary>
    public bool Takes(in Bar bar) => Timeframe.Kind == TimeframeKind.Time && bar.End.Nanoseconds - bar.Start.Nanoseconds >= Timeframe.Amount;

    /// <summary>True where bars of this length cannot be cut into the series' own.</summary>
    public bool IsFinerThan(in Bar bar) => Timeframe.Kind == TimeframeKind.Time && bar.End.Nanoseconds - bar.Start.Nanoseconds > Timeframe.Amount;

    /// <summary>Strategies here that say that they are heavy.</summary>
    public int HeavyCount { get; private set; }

    /// <summary>A strategy here has a hand in another market.</summary>
    public bool HasLinks { get; private set; }

    public void Add(StrategySlot slot)
    {
        // Stable: equal priorities stay in the order in which they joined.
        Slots = [.. Slots.Append(slot).OrderByDescending(each => each.Priority)];
        HeavyCount += slot.IsHeavy ? 1 : 0;
        HasLinks |= slot.IsLinked;
    }

    /// <summary>Computes the indicator here, after the one that it reads from; an equal one that is here already serves both.</summary>
    public void Use(Indicator indicator)
    {
        foreach (Indicator inner in indicator.Inputs) Use(inner);
        Indicator? equal = Array.Find(_indicators, known => known.Name == indicator.Name);
        if (ReferenceEquals(equal, indicator)) return;
        if (equal is not null)
        {
            indicator.Follow(equal);
            return;
        }
        _indicators = [.. _indicators, indicator];
        if (indicator.Description.ReadsTrades) _tradeReaders = [.. _tradeReaders, indicator];
    }

    /// <summary>A finished bar: the indicators see it, and the strategies are still to be asked.</summary>
    public void Take(in Bar bar)
    {
        _lastBar = bar;
        _hasClosed = true;
        foreach (Indicator indicator in _indicators) indicator.Update(in bar);
    }

    /// <summary>A trade before the bar takes it. A bar that ends with a trade contains it: the indicators see the trade, then the bar.</summary>
    public void ReadBefore(in Trade trade)
    {
        if (_tradeReaders.Length > 0 && Timeframe.Kind != TimeframeKind.Time) Read(in trade);
    }

    /// <summary>A trade after the bar took it. A bar of time ends with a trade that no longer belongs to it: the indicators see the bar, then the trade.</summary>
    public void ReadAfter(in Trade trade)
    {
        if (_tradeReaders.Length > 0 && Timeframe.Kind == TimeframeKind.Time) Read(in trade);
    }

    public void Sync(Snapshot stream)
    {
        stream.Section(Timeframe.ToString());
        _builder.Sync(stream);
        stream.Sync(ref _lastBar);
        stream.Sync(ref _hasClosed);
        foreach (Indicator indicator in _indicators) indicator.Sync(stream);
    }

    private void Read(in Trade trade)
    {
        foreach (Indicator indicator in _tradeReaders) indicator.Update(in trade);
    }
}
