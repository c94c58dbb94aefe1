using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>The base of every indicator: state in one struct, one pure step; update, preview, reset, snapshot and readiness follow from them.</summary>
/// <remarks>Each state struct gets machine code of its own, in which the steps of its one indicator are inlined: keep a state to one indicator.</remarks>
/// <typeparam name="TInput"><see cref="double"/> (a <see cref="Source"/>, the close by default), <see cref="Pair"/> or <see cref="Bar"/>.</typeparam>
/// <typeparam name="TState">All that changes, except windows of past inputs. Its default value is the state of a new indicator.</typeparam>
public abstract class Indicator<TInput, TState> : Indicator
    where TInput : struct
    where TState : unmanaged
{
    private readonly List<IWindow> _windows = [];
    private readonly Source? _source;
    private readonly Source? _other;
    private readonly BarSource? _bars;
    private readonly int _mainOutput;
    private Indicator<TInput, TState> _leader;
    private TState _state;

    /// <summary>An indicator of one number a bar.</summary>
    /// <param name="source">Null reads the close.</param>
    /// <param name="arguments">The constructor's numeric arguments, in order; checked against the ranges of its parameters.</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    protected Indicator(Source? source, params ReadOnlySpan<double> arguments) : this(source, null, null, null, arguments) => Demand<double>();

    /// <summary>An indicator of two numbers a bar.</summary>
    /// <param name="first">Null reads the close.</param>
    /// <param name="second">Null reads the volume.</param>
    /// <param name="arguments">The constructor's numeric arguments, in order; checked against the ranges of its parameters.</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    protected Indicator(Source? first, Source? second, params ReadOnlySpan<double> arguments) : this(first, second, null, null, arguments) => Demand<Pair>();

    /// <summary>An indicator of whole bars.</summary>
    /// <param name="bars">Null reads the market's.</param>
    /// <param name="arguments">The constructor's numeric arguments, in order; checked against the ranges of its parameters.</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    protected Indicator(BarSource? bars, params ReadOnlySpan<double> arguments) : this(null, null, bars, null, arguments) => Demand<Bar>();

    /// <summary>An indicator of whole bars that is anchored to sessions.</summary>
    /// <param name="bars">Null reads the market's.</param>
    /// <param name="calendar">Null means days of UTC.</param>
    /// <param name="arguments">The constructor's numeric arguments, in order; checked against the ranges of its parameters.</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    protected Indicator(BarSource? bars, SessionCalendar? calendar, params ReadOnlySpan<double> arguments) : this(null, null, bars, calendar, arguments) => Demand<Bar>();

    private Indicator(Source? source, Source? other, BarSource? bars, SessionCalendar? calendar, ReadOnlySpan<double> arguments) : base(source, other, bars, calendar, arguments)
    {
        _source = source ?? Description.DefaultSource;
        _other = other;
        _bars = bars;
        _mainOutput = Description.MainOutput;
        _leader = this;
    }

    public sealed override double this[int output]
    {
        get
        {
            CheckOutput(output);
            double main = Value;
            return output == _mainOutput || double.IsNaN(main) ? main : _leader.Read(in _leader._state, output);
        }
    }

    public sealed override void Update(in Bar bar)
    {
        if (typeof(TInput) == typeof(Bar))
        {
            if (_bars is null) Step(in As<Bar>(in bar));
            else if (_bars.Read(in bar, out Bar made)) Step(in As<Bar>(in made));
        }
        else if (typeof(TInput) == typeof(Pair))
        {
            var pair = new Pair(_source is null ? bar.Close : _source.Read(in bar), _other is null ? bar.Volume : _other.Read(in bar));
            if (pair.IsWhole) Step(in As<Pair>(in pair));
        }
        else
        {
            double number = bar.Close;
            if (_source is null || !double.IsNaN(number = _source.Read(in bar))) Step(in As<double>(in number));
        }
    }

    public sealed override void Update(in Trade trade)
    {
        if (Description.ReadsTrades) _state = Absorb(in _state, in trade);
    }

    public sealed override double Preview(in Bar bar, int output)
    {
        CheckOutput(output);
        if (!ReferenceEquals(_leader, this)) return _leader.Preview(in bar, output);
        TState next;
        if (typeof(TInput) == typeof(Bar))
        {
            Bar made = bar;
            if (_bars is not null && !_bars.Preview(in bar, out made)) return double.NaN;
            next = Advance(in _state, in As<Bar>(in made));
        }
        else if (typeof(TInput) == typeof(Pair))
        {
            var pair = new Pair(_source is null ? bar.Close : _source.Preview(in bar), _other is null ? bar.Volume : _other.Preview(in bar));
            if (!pair.IsWhole) return double.NaN;
            next = Advance(in _state, in As<Pair>(in pair));
        }
        else
        {
            double number = _source is null ? bar.Close : _source.Preview(in bar);
            if (double.IsNaN(number)) return double.NaN;
            next = Advance(in _state, in As<double>(in number));
        }
        double main = Read(in next);
        return output == _mainOutput || double.IsNaN(main) ? main : Read(in next, output);
    }

    public sealed override void Reset()
    {
        _state = default;
        Latest = double.NaN;
        foreach (IWindow window in _windows) window.Reset();
    }

    public sealed override void Sync(Snapshot stream)
    {
        stream.Section(Name);
        stream.Sync(ref _state);
        double latest = Latest;
        stream.Sync(ref latest);
        Latest = latest;
        foreach (IWindow window in _windows) window.Sync(stream);
    }

    internal sealed override void Follow(Indicator leader)
    {
        base.Follow(leader);
        _leader = (Indicator<TInput, TState>)leader;
    }

    /// <summary>The state after the latest update, for what is no number.</summary>
    protected TState Current => _leader._state;

    /// <summary>The state after <paramref name="input"/>. Pure: it may read windows, and changes nothing.</summary>
    protected abstract TState Advance(in TState state, in TInput input);

    /// <summary>The state after a trade inside the bar that is still forming. Pure; called only where the attribute says <c>ReadsTrades</c>.</summary>
    protected virtual TState Absorb(in TState state, in Trade trade) => state;

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

    /// <summary>Virtual for the compiler's sake alone: guessing the class once at this call, it inlines the three calls below without asking again, and keeps the new state in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected virtual void Step(in TInput input)
    {
        TState next = Advance(in _state, in input);
        Latest = Read(in next);
        Remember(in next, in input);
        _state = next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly TInput As<T>(ref readonly T input) => ref Unsafe.As<T, TInput>(ref Unsafe.AsRef(in input));

    private void CheckOutput(int output) => ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)output, (uint)OutputCount);

    private void Demand<T>()
    {
        if (typeof(T) != typeof(TInput)) throw new ArgumentException($"{GetType().Name} takes {typeof(TInput).Name} inputs and passes a source of {typeof(T).Name} to its base.");
    }
}

/// <summary>Two numbers of one bar.</summary>
public readonly record struct Pair(double First, double Second)
{
    /// <summary>False while one of the sources has no number yet.</summary>
    public bool IsWhole => !double.IsNaN(First) && !double.IsNaN(Second);
}

/// <summary>Past inputs that an indicator remembers beside its state struct.</summary>
public interface IWindow : ISnapshot
{
    void Reset();
}
