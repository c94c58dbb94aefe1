using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>A number, or several, computed from bars one at a time. Not ready means NaN; ready means finite.</summary>
public abstract class Indicator : ISnapshot
{
    private protected Indicator(Source? source, ReadOnlySpan<double> arguments)
    {
        Description = IndicatorDescription.Of(GetType());
        Description.Check(arguments);
        Source = source;
        Name = Description.NameWith(arguments, source);
    }

    /// <summary>What the library knows of this kind of indicator.</summary>
    public IndicatorDescription Description { get; }

    /// <summary>Kind, arguments and source: <c>sma(20)</c>, <c>sma(9) of rsi(14)</c>. Equal names on one series are one instance.</summary>
    public string Name { get; }

    /// <summary>What it reads from each bar; null for the close, or for an indicator that reads whole bars.</summary>
    public Source? Source { get; }

    public int OutputCount => Math.Max(1, Description.Outputs.Length);

    /// <summary>Bars until the first value, the source's own warm-up included: 20 for <c>sma(20)</c>.</summary>
    public int WarmUp => OwnWarmUp + (Source?.WarmUp ?? 1) - 1;

    public bool IsReady => !double.IsNaN(Value);

    /// <summary>The main output; NaN until ready.</summary>
    public abstract double Value { get; }

    /// <summary>Inputs that this indicator alone needs before its first value.</summary>
    protected abstract int OwnWarmUp { get; }

    /// <summary>One of the outputs, in the order of <see cref="IndicatorDescription.Outputs"/>; NaN until ready.</summary>
    public abstract double this[int output] { get; }

    /// <summary>Takes in a finished bar. Prices must be finite; the feeds see to it.</summary>
    public abstract void Update(in Bar bar);

    /// <summary>The output as it would be after this bar; changes nothing. For the bar that is still forming.</summary>
    public abstract double Preview(in Bar bar, int output = 0);

    /// <summary>As new.</summary>
    public abstract void Reset();

    public abstract void Sync(Snapshot stream);

    /// <summary>The column of an output in a table: <c>sma(20)</c>, <c>macd(12,26,9).signal</c>.</summary>
    public string ColumnName(int output) => Description.Outputs.Length == 0 ? Name : $"{Name}.{Description.Outputs[output]}";

    public override string ToString() => Name;

    /// <summary>Reads from an equal indicator that the series already computes instead of computing again.</summary>
    internal abstract void Follow(Indicator leader);
}

/// <summary>The base of every indicator: state in one struct, one pure step; update, preview, reset, snapshot and readiness follow from them.</summary>
/// <typeparam name="TInput"><see cref="double"/> (a <see cref="Source"/>, the close by default) or <see cref="Bar"/>.</typeparam>
/// <typeparam name="TState">All that changes, except windows of past inputs. Its default value is the state of a new indicator.</typeparam>
public abstract class Indicator<TInput, TState> : Indicator
    where TInput : struct
    where TState : unmanaged
{
    private readonly List<IWindow> _windows = [];
    private Indicator<TInput, TState> _leader;
    private TState _state;
    private double _value = double.NaN;

    /// <param name="source">Only for indicators of numbers; null reads the close.</param>
    /// <param name="arguments">The constructor's numeric arguments, in order; checked against the ranges of its parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    protected Indicator(Source? source, params ReadOnlySpan<double> arguments) : base(source, arguments) => _leader = this;

    public sealed override double Value => _leader._value;

    public sealed override double this[int output] => output == 0 || double.IsNaN(_leader._value) ? _leader._value : _leader.Read(in _leader._state, output);

    public sealed override void Update(in Bar bar)
    {
        if (typeof(TInput) == typeof(Bar))
        {
            Step(in Unsafe.As<Bar, TInput>(ref Unsafe.AsRef(in bar)));
            return;
        }
        double number = Source is null ? bar.Close : Source.Read(in bar);
        if (!double.IsNaN(number)) Step(in Unsafe.As<double, TInput>(ref number));
    }

    public sealed override double Preview(in Bar bar, int output = 0)
    {
        if (!ReferenceEquals(_leader, this)) return _leader.Preview(in bar, output);
        TState next;
        if (typeof(TInput) == typeof(Bar))
        {
            next = Advance(in _state, in Unsafe.As<Bar, TInput>(ref Unsafe.AsRef(in bar)));
        }
        else
        {
            double number = Source is null ? bar.Close : Source.Preview(in bar);
            if (double.IsNaN(number)) return double.NaN;
            next = Advance(in _state, in Unsafe.As<double, TInput>(ref number));
        }
        double main = Read(in next);
        return output == 0 || double.IsNaN(main) ? main : Read(in next, output);
    }

    public sealed override void Reset()
    {
        _state = default;
        _value = double.NaN;
        foreach (IWindow window in _windows) window.Reset();
    }

    public sealed override void Sync(Snapshot stream)
    {
        stream.Section(Name);
        stream.Sync(ref _state);
        stream.Sync(ref _value);
        foreach (IWindow window in _windows) window.Sync(stream);
    }

    internal sealed override void Follow(Indicator leader) => _leader = (Indicator<TInput, TState>)leader;

    /// <summary>The state after <paramref name="input"/>. Pure: it may read windows, and changes nothing.</summary>
    protected abstract TState Advance(in TState state, in TInput input);

    /// <summary>The main output of a state; NaN while there is none.</summary>
    protected abstract double Read(in TState state);

    /// <summary>Any output of a state; asked only once the main one is ready.</summary>
    protected virtual double Read(in TState state, int output) => Read(in state);

    /// <summary>Pushes into the windows what they must remember of this step. Called by updates, never by previews.</summary>
    protected virtual void Remember(in TState next, in TInput input)
    {
    }

    /// <summary>Declares a window, so that reset and snapshot cannot forget it.</summary>
    protected TWindow Own<TWindow>(TWindow window) where TWindow : IWindow
    {
        _windows.Add(window);
        return window;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step(in TInput input)
    {
        TState next = Advance(in _state, in input);
        Remember(in next, in input);
        _state = next;
        _value = Read(in next);
    }
}

/// <summary>Past inputs that an indicator remembers beside its state struct.</summary>
public interface IWindow : ISnapshot
{
    void Reset();
}
