using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>A number, or several, computed from bars one at a time. Not ready means NaN; ready means finite.</summary>
public abstract class Indicator : ISnapshot
{
    private Indicator _leader;

    private protected Indicator(Source? source, Source? other, BarSource? bars, SessionCalendar? calendar, ReadOnlySpan<double> arguments)
    {
        _leader = this;
        Description = IndicatorDescription.Of(GetType());
        Description.Check(arguments);
        OutputCount = Math.Max(1, Description.Outputs.Count);
        Source = source;
        Other = other;
        Bars = bars;
        Calendar = calendar;
        Name = Description.NameWith(arguments, source, other, bars, calendar);
        Inputs = [.. new[] { source?.Indicator, other?.Indicator, bars?.Indicator }.OfType<Indicator>().Distinct()];
    }

    /// <summary>What the library knows of this kind of indicator.</summary>
    public IndicatorDescription Description { get; }

    /// <summary>Kind, arguments and source: <c>sma(20)</c>, <c>sma(9) of rsi(14)</c>. Equal names on one series are one instance.</summary>
    public string Name { get; }

    /// <summary>What it reads from each bar; null for the close, or for an indicator that reads whole bars.</summary>
    public Source? Source { get; }

    /// <summary>The second number of an indicator of two, such as a correlation; null for its default or for any other kind.</summary>
    public Source? Other { get; }

    /// <summary>The bars that it reads in place of the market's; null for those of the market, or for an indicator of numbers.</summary>
    public BarSource? Bars { get; }

    /// <summary>The sessions that anchor it; null for days of UTC, or for an indicator that knows no sessions.</summary>
    public SessionCalendar? Calendar { get; }

    /// <summary>The indicators that must have seen a bar before this one does.</summary>
    public IReadOnlyList<Indicator> Inputs { get; }

    public int OutputCount { get; }

    /// <summary>Bars until the first value, the inputs' own warm-up included: 20 for <c>sma(20)</c>.</summary>
    public int WarmUp => OwnWarmUp + Math.Max(Math.Max(Source?.WarmUp ?? 1, Other?.WarmUp ?? 1), Bars?.WarmUp ?? 1) - 1;

    /// <summary>Sessions that must have ended as well before the first value; 0 for all but indicators of past sessions, such as pivot points.</summary>
    public virtual int WarmUpSessions => 0;

    public bool IsReady => !double.IsNaN(Value);

    /// <summary>The main output; NaN until ready.</summary>
    public double Value => _leader.Latest;

    /// <summary>Inputs that this indicator alone needs before its first value.</summary>
    protected abstract int OwnWarmUp { get; }

    /// <summary>One of the outputs, in the order of <see cref="IndicatorDescription.Outputs"/>; NaN until ready.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public abstract double this[int output] { get; }

    /// <summary>Takes in a finished bar. Prices must be finite; the feeds see to it.</summary>
    public abstract void Update(in Bar bar);

    /// <summary>Takes in a trade, for the few indicators that count trades; the others do not listen. The bar that the trade belongs to follows.</summary>
    public abstract void Update(in Trade trade);

    /// <summary>The main output as it would be after this bar; changes nothing. For the bar that is still forming.</summary>
    public double Preview(in Bar bar) => Preview(in bar, Description.MainOutput);

    /// <summary>Any output as it would be after this bar; changes nothing.</summary>
    public abstract double Preview(in Bar bar, int output);

    /// <summary>As new.</summary>
    public abstract void Reset();

    public abstract void Sync(Snapshot stream);

    /// <summary>The column of an output in a table: <c>sma(20)</c>, <c>macd(12,26,9).signal</c>.</summary>
    public string ColumnName(int output) => Description.Outputs.Count == 0 ? Name : $"{Name}.{Description.Outputs[output]}";

    public override string ToString() => Name;

    /// <summary>Computes the same: the same code under the same name, on inputs that are the same. Two versions of a user's file have different code, whatever its text.</summary>
    internal bool IsSameAs(Indicator other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (Name != other.Name || GetType() != other.GetType()) return false;
        for (int i = 0; i < Inputs.Count; i++)
        {
            if (!Inputs[i].IsSameAs(other.Inputs[i])) return false;
        }
        return true;
    }

    /// <summary>Reads from an equal indicator that the series already computes instead of computing again.</summary>
    internal virtual void Follow(Indicator leader) => _leader = leader;

    /// <summary>The main output of the state of this very indicator, whether it follows another or not.</summary>
    private protected double Latest { get; set; } = double.NaN;
}
