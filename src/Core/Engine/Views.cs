using Tradewind.Core.Indicators;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>A strategy as seen from outside, at the moment of looking. Look only between inputs, from the engine's thread.</summary>
public readonly struct StrategyView
{
    private readonly StrategySlot _slot;

    internal StrategyView(StrategySlot slot) => _slot = slot;

    public int Index => _slot.Index;

    public string Name => _slot.Name;

    public int Instrument => _slot.Market.Index;

    public Timeframe Timeframe => _slot.Series.Timeframe;

    public Position Position => _slot.Position;

    /// <summary>Where the protective stop of its position stands or is to stand; 0 for none.</summary>
    public decimal StopLoss => _slot.Protection.StopLoss;

    /// <summary>Time that its position stood without a confirmed stop although it was to have one.</summary>
    public UnprotectedTime UnprotectedTime => _slot.Protection.Exposure.At(_slot.Now);

    /// <summary>Its position is being closed because its protection failed, or by command, until it is flat.</summary>
    public bool IsClosing => _slot.Protection.IsClosing;

    /// <summary>The standing wish; null when it has none.</summary>
    public Signal? Wish => _slot.Wish;

    /// <summary>Signed position that the standing wish was sized to.</summary>
    public decimal Target => _slot.Target;

    /// <summary>The execution of its standing wish, running or over; null where the wish names none.</summary>
    public ExecutionView? Execution => Parents.Of(_slot.Market, _slot) is { } parent && _slot.Wish?.Execution is { } algorithm ? new(parent, parent.WorkingIn(_slot.Market), algorithm) : null;

    /// <summary>How much its vote counts; see <see cref="StrategyWeight"/>.</summary>
    public double Weight => _slot.Weight.Value;

    /// <summary>It trades a second instrument, or is the hand of a strategy in its second one.</summary>
    public bool IsLinked => _slot.IsLinked;

    public bool IsReady => _slot.IsReady;

    public bool IsSuspended => _slot.IsSuspended;

    /// <summary>An order of it was filled for more than was ordered, and nobody has acknowledged it: its orders only reduce what it holds.</summary>
    public bool IsReduceOnly => _slot.Brakes.IsReduceOnly;

    /// <summary>The broker refuses its orders again and again: one probe a minute is sent.</summary>
    public bool IsRefused => _slot.Brakes.Circuit.IsOpen;

    /// <summary>What it threw when it was suspended; null while it acts, and after a restart from a snapshot.</summary>
    public Exception? Failure => _slot.Failure;

    public StrategyCounters Counters => _slot.Counters;

    /// <summary>The version that trades, as a command named it; null for the one of the start.</summary>
    public string? Version => _slot.Version;

    /// <summary>True while another version runs beside it.</summary>
    public bool HasShadow => _slot.Shadow is not null;

    /// <summary>The version that runs beside it; null for the one of the start, or where there is none.</summary>
    public string? ShadowVersion => _slot.Shadow?.Version;

    /// <summary>How the two compare so far; nothing where there is no other version.</summary>
    public ShadowCounters ShadowCounters => _slot.Shadow?.Counters ?? default;

    /// <summary>What the version beside it threw; null while it runs.</summary>
    public Exception? ShadowFailure => _slot.Shadow?.Slot.Failure;

    /// <summary>Why the version beside it is suspended, in words; null while it runs.</summary>
    public string? ShadowError => _slot.Shadow is { Slot.IsSuspended: true } shadow ? shadow.Slot.LastError : null;

    /// <summary>Why it was suspended last, in words; null before the first time.</summary>
    public string? LastError => _slot.LastError;

    public int Priority => _slot.Priority;

    /// <summary>The indicators that it uses, in the order in which it asked for them.</summary>
    public IEnumerable<Indicator> Indicators => _slot.Indicators.Select(use => use.Indicator);

    /// <summary>The same with the bars that each reads.</summary>
    public IEnumerable<(Indicator Indicator, Timeframe Timeframe)> Uses
    {
        get
        {
            Timeframe own = _slot.Series.Timeframe;
            return _slot.Indicators.Select(use => (use.Indicator, use.Timeframe ?? own));
        }
    }

    /// <summary>Bars of its own length that it wants to be told of before it acts, beside what its indicators need.</summary>
    public int WantedHistory
    {
        get
        {
            // A day for each session, and one that may be cut off.
            Timeframe own = _slot.Series.Timeframe;
            long curve = _slot.Market.Curve is { } kept && own.Kind == TimeframeKind.Time ? (kept.Sessions + 1) * Timestamp.NanosecondsPerDay / own.Amount : 0;
            return Math.Max(_slot.Strategy.WantedHistory, (int)curve);
        }
    }
}

/// <summary>An instrument as seen from outside, at the moment of looking. Look only between inputs, from the engine's thread.</summary>
public readonly struct MarketView
{
    private readonly MarketState _market;

    internal MarketView(MarketState market) => _market = market;

    public Instrument Instrument => _market.Instrument;

    /// <summary>Last trade's price, or the last bar's close; NaN before any.</summary>
    public double Mark => _market.Mark;

    public Quote Quote => _market.Quote;

    /// <summary>When its data last said anything; <see cref="Timestamp.MinValue"/> before.</summary>
    public Timestamp LastData => _market.LastData;

    public bool IsFeedDown => _market.IsFeedDown;

    /// <summary>Signed units that the account holds and no strategy made.</summary>
    public decimal External => _market.External.Quantity;

    public IReadOnlyList<Order> Working => _market.Working;

    public Session SessionAt(Timestamp time) => _market.SessionAt(time);
}
