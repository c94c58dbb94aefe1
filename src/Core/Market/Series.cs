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

    /// <summary>Those that the engine itself reads, whatever strategies use.</summary>
    private readonly List<Indicator> _kept = [];
    private readonly long _takenLength;
    private bool _hasShadows;
    private Bar _lastBar;
    private bool _hasClosed;

    /// <summary>The last finished bars in a ring, to warm up what comes later; null where nothing can come.</summary>
    private readonly Bar[]? _recent;
    private int _recentCount;

    private readonly IndicatorFaults _faults;

    /// <summary>Null where all indicators are the program's own.</summary>
    private OwnIndicators? _own;

    /// <param name="recentBars">Bars that are kept to warm up new versions of strategies; 0 keeps none.</param>
    /// <param name="faults">Hears of indicators of users' own that fail.</param>
    public Series(int index, Timeframe timeframe, Instrument instrument, int recentBars, IndicatorFaults faults)
    {
        _faults = faults;
        _recent = recentBars > 0 ? new Bar[recentBars] : null;
        Index = index;
        Timeframe = timeframe;
        _takenLength = timeframe.Kind == TimeframeKind.Time ? timeframe.Amount : long.MaxValue;
        _builder = new BarBuilder(timeframe, instrument);
    }

    public int Index { get; }

    /// <summary>Rounds that a call of code of the user's own may take.</summary>
    public long CallRounds => _faults.CallRounds;

    public Timeframe Timeframe { get; }

    public StrategySlot[] Slots { get; private set; } = [];

    public ReadOnlySpan<Indicator> Indicators => _indicators;

    public BarBuilder Builder => _builder;

    /// <summary>The last finished bar.</summary>
    public ref readonly Bar LastBar => ref _lastBar;

    /// <summary>A bar finished that the strategies were not asked about yet.</summary>
    public bool HasClosed { get => _hasClosed; set => _hasClosed = value; }

    /// <summary>True where bars of this length need no building.</summary>
    public bool Takes(in Bar bar) => bar.End.Nanoseconds - bar.Start.Nanoseconds >= _takenLength;

    /// <summary>True where bars of this length cannot be cut into the series' own.</summary>
    public bool IsFinerThan(in Bar bar) => Timeframe.Kind == TimeframeKind.Time && bar.End.Nanoseconds - bar.Start.Nanoseconds > Timeframe.Amount;

    /// <summary>Some strategy here has, or had, another version beside it.</summary>
    public bool HasShadows
    {
        get => _hasShadows;
        set => (_hasShadows, Only) = (value, null);
    }

    /// <summary>The strategy here where there is one and never was a version beside it: asked without further questions. Null otherwise.</summary>
    public StrategySlot? Only { get; private set; }

    /// <summary>Strategies here that say that they are heavy.</summary>
    public int HeavyCount { get; private set; }

    /// <summary>A strategy here has a hand in another market.</summary>
    public bool HasLinks { get; private set; }

    public void Add(StrategySlot slot)
    {
        // Stable: equal priorities stay in the order in which they joined.
        Slots = [.. Slots.Append(slot).OrderByDescending(each => each.Priority)];
        Only = Slots.Length == 1 ? slot : null;
        HeavyCount += slot.IsHeavy ? 1 : 0;
        HasLinks |= slot.IsLinked;
    }

    /// <summary>Computes the indicator here, after the one that it reads from; an equal one that is here already serves both.</summary>
    public void Use(Indicator indicator)
    {
        foreach (Indicator inner in indicator.Inputs) Use(inner);
        Indicator? equal = Array.Find(_indicators, known => known.IsSameAs(indicator));
        if (ReferenceEquals(equal, indicator)) return;
        if (equal is not null)
        {
            indicator.Follow(equal);
            return;
        }
        _indicators = [.. _indicators, indicator];
        Watch(indicator);
        if (indicator.Description.ReadsTrades) _tradeReaders = [.. _tradeReaders, indicator];
    }

    /// <summary>Like <see cref="Use"/>, for the engine itself: it stays when strategies let go.</summary>
    public void Keep(Indicator indicator)
    {
        _kept.Add(indicator);
        Use(indicator);
    }

    /// <summary>The bars that were kept, oldest first.</summary>
    public Bar[] RecentBars()
    {
        if (_recent is null) return [];
        int count = Math.Min(_recentCount, _recent.Length);
        return [.. Enumerable.Range(_recentCount - count, count).Select(number => _recent[number % _recent.Length])];
    }

    /// <summary>Like <see cref="Use"/>, while the market runs: one that is new here comes warmed up, with inner ones of its own.</summary>
    public void Adopt(Indicator indicator)
    {
        if (Array.Find(_indicators, known => known.IsSameAs(indicator)) is { } equal)
        {
            if (!ReferenceEquals(equal, indicator)) indicator.Follow(equal);
            return;
        }
        List<Indicator> mine = [];
        Collect(indicator, mine);
        _indicators = [.. _indicators, .. mine];
        mine.ForEach(Watch);
        _tradeReaders = [.. _indicators.Where(each => each.Description.ReadsTrades)];
    }

    /// <summary>Lets go of the indicators that no strategy of the market uses any more.</summary>
    public void Forget(IReadOnlyList<StrategySlot> slots)
    {
        List<Indicator> used = [];
        foreach (Indicator kept in _kept) Collect(kept, used);
        foreach (StrategySlot slot in slots)
        {
            foreach (IndicatorUse use in slot.Strategy.Uses) Collect(use.Indicator, used);
            foreach (IndicatorUse use in slot.Shadow?.Strategy.Uses ?? []) Collect(use.Indicator, used);
        }
        _indicators = [.. _indicators.Where(each => used.Exists(one => one.IsSameAs(each)))];
        _tradeReaders = [.. _indicators.Where(each => each.Description.ReadsTrades)];
    }

    /// <summary>A finished bar: the indicators see it, and the strategies are still to be asked.</summary>
    public void Take(in Bar bar)
    {
        _lastBar = bar;
        _hasClosed = true;
        if (_recent is not null) _recent[_recentCount++ % _recent.Length] = bar;
        if (_own is not null) _own.Update(_indicators, in bar);
        else foreach (Indicator indicator in _indicators) indicator.Update(in bar);
    }

    /// <summary>A trade before the bar takes it: where the bar may end with it, the indicators see the trade and then the bar.</summary>
    public void ReadBefore(in Trade trade)
    {
        if (_tradeReaders.Length > 0 && _builder.ContainsLastTrade) Read(in trade);
    }

    /// <summary>A trade after the bar took it: where it may only show the bar's end, the indicators see the bar and then the trade.</summary>
    public void ReadAfter(in Trade trade)
    {
        if (_tradeReaders.Length > 0 && !_builder.ContainsLastTrade) Read(in trade);
    }

    public void Sync(Snapshot stream)
    {
        stream.Section(Timeframe.ToString());
        _builder.Sync(stream);
        stream.Sync(ref _lastBar);
        stream.Sync(ref _hasClosed);
        stream.Sync(ref _recentCount);
        if (_recent is not null) stream.Sync(_recent.AsSpan());
        foreach (Indicator indicator in _indicators) indicator.Sync(stream);
        _own?.Sync(stream);
    }

    /// <summary>An indicator after those that it reads from, each once.</summary>
    public static void Collect(Indicator indicator, List<Indicator> all)
    {
        foreach (Indicator inner in indicator.Inputs) Collect(inner, all);
        if (!all.Contains(indicator)) all.Add(indicator);
    }

    /// <summary>An indicator that a strategy uses failed and has not begun anew.</summary>
    public bool HasHalted(Indicator used) => _own?.HasHalted(used) == true;

    /// <summary>Those of its indicators that failed begin anew.</summary>
    public void Revive(Indicator used) => _own?.Revive(used);

    private void Watch(Indicator indicator)
    {
        if (indicator.GetType().IsCollectible) _own ??= new OwnIndicators(this, _faults);
    }

    private void Read(in Trade trade)
    {
        if (_own is not null) _own.Update(_tradeReaders, in trade);
        else foreach (Indicator indicator in _tradeReaders) indicator.Update(in trade);
    }
}
