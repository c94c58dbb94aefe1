using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>The number that an indicator takes from each bar: a price of it, its volume, or an output of another indicator.</summary>
public abstract class Source
{
    public static readonly Source Close = new OfBar("close", (in Bar bar) => bar.Close);
    public static readonly Source Open = new OfBar("open", (in Bar bar) => bar.Open);
    public static readonly Source High = new OfBar("high", (in Bar bar) => bar.High);
    public static readonly Source Low = new OfBar("low", (in Bar bar) => bar.Low);
    public static readonly Source Volume = new OfBar("volume", (in Bar bar) => bar.Volume);

    /// <summary>(high + low) / 2.</summary>
    public static readonly Source Median = new OfBar("median", (in Bar bar) => (bar.High + bar.Low) / 2);

    /// <summary>(high + low + close) / 3.</summary>
    public static readonly Source Typical = new OfBar("typical", (in Bar bar) => (bar.High + bar.Low + bar.Close) / 3);

    /// <summary>(open + high + low + close) / 4.</summary>
    public static readonly Source Average = new OfBar("average", (in Bar bar) => (bar.Open + bar.High + bar.Low + bar.Close) / 4);

    private static readonly Source[] OfBars = [Close, Open, High, Low, Volume, Median, Typical, Average];

    private delegate double Reader(in Bar bar);

    /// <summary>Part of the key by which equal indicators are shared: <c>close</c>, <c>rsi(14)</c>, <c>macd(12,26,9).signal</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The indicator that must have seen the bar first; null for a source that reads the bar itself.</summary>
    public virtual Indicator? Indicator => null;

    /// <summary>Bars until the first number: 1 for a price, the indicator's warm-up otherwise.</summary>
    public virtual int WarmUp => 1;

    public static implicit operator Source(Indicator indicator) => new OfIndicator(indicator, null);

    /// <summary>The main output of an indicator.</summary>
    public static Source Of(Indicator indicator) => new OfIndicator(indicator, null);

    /// <summary>An output of an indicator, by its place in <see cref="IndicatorDescription.Outputs"/>.</summary>
    public static Source Of(Indicator indicator, int output) => new OfIndicator(indicator, output);

    /// <summary>An output of an indicator, by its name: <c>signal</c>.</summary>
    /// <exception cref="ArgumentException">There is no output of that name.</exception>
    public static Source Of(Indicator indicator, string output)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        return new OfIndicator(indicator, indicator.Description.OutputOf(output));
    }

    /// <summary>The prices and numbers of a bar by name, for commands; null for any other name.</summary>
    public static Source? Named(string name) => Array.Find(OfBars, source => source.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>NaN while the indicator behind it is not ready.</summary>
    public abstract double Read(in Bar bar);

    /// <summary>What <see cref="Read"/> would give if <paramref name="bar"/> were the next one; changes nothing.</summary>
    public virtual double Preview(in Bar bar) => Read(in bar);

    private sealed class OfBar(string name, Reader reader) : Source
    {
        public override string Name => name;

        public override double Read(in Bar bar) => reader(in bar);
    }

    private sealed class OfIndicator : Source
    {
        private readonly int _output;

        public OfIndicator(Indicator indicator, int? output)
        {
            ArgumentNullException.ThrowIfNull(indicator);
            _output = output ?? indicator.Description.MainOutput;
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)_output, (uint)indicator.OutputCount, nameof(output));
            Indicator = indicator;
            Name = indicator.ColumnName(_output);
        }

        public override string Name { get; }

        public override Indicator Indicator { get; }

        public override int WarmUp => Indicator.WarmUp;

        public override double Read(in Bar bar) => Indicator[_output];

        public override double Preview(in Bar bar) => Indicator.Preview(in bar, _output);
    }
}
