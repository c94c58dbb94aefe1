using Tradewind.Core.Model;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Strategies;

/// <summary>Another version of a strategy that runs beside it: it is asked the same, trades one unit on paper, and what it wishes is compared.</summary>
/// <remarks>What it throws suspends it alone.</remarks>
internal sealed class Shadow
{
    private readonly ChildStrategy _child;
    private readonly IStrategyWatch? _watch;
    private int _host;
    private bool _wasAsked;
    private bool _isToldOf;

    /// <param name="version">Its version, as the command named it; null for the one that the engine started with.</param>
    /// <param name="watch">Who measures its calls; null for nobody.</param>
    public Shadow(Strategy strategy, string? version, bool takesOver, IStrategyWatch? watch)
    {
        _watch = watch;
        _child = new ChildStrategy(strategy, "shadow");
        Version = version;
        TakesOver = takesOver;
    }

    public Strategy Strategy => _child.Strategy;

    public string? Version { get; }

    /// <summary>It takes over by itself once the position is flat; otherwise only on request.</summary>
    public bool TakesOver { get; }

    /// <summary>It traded until another version took over: the way back.</summary>
    public bool HasTraded { get; init; }

    public StrategySlot Slot => _child.Paper;

    public bool CanAct => Slot.CanAct;

    /// <summary>Bars after which both had been asked, and those of them on which they wished for different positions.</summary>
    public ShadowCounters Counters { get; private set; }

    /// <summary>The wish on which the two last differed; null while they agree.</summary>
    private (SignalAction Running, SignalAction Shadow)? _difference;

    public void Bind(StrategySlot host)
    {
        _host = host.Index;
        _child.Bind(host);
    }

    /// <summary>It goes, or the session ends: what it still wishes is not taken.</summary>
    public void Stop()
    {
        Slot.BeginRecall(in Slot.Series.LastBar);
        Guard(0, static (ChildStrategy child, in int _) => child.Strategy.Stop());
        Slot.EndRecall();
    }

    public void OnBar(in Bar bar)
    {
        if (!CanAct) return;
        _wasAsked = true;
        Guard(in bar, static (ChildStrategy child, in Bar closed) => child.OnBar(in closed));
    }

    public void OnTrade(in Trade trade)
    {
        if (CanAct) Guard(in trade, static (ChildStrategy child, in Trade seen) => child.Strategy.HandleTrade(in seen));
    }

    public void OnQuote(in Quote quote)
    {
        if (CanAct) Guard(in quote, static (ChildStrategy child, in Quote seen) => child.Strategy.HandleQuote(in seen));
    }

    /// <summary>Once, before it is asked for the first time.</summary>
    public void Start()
    {
        Guard(0, static (ChildStrategy child, in int _) => child.Strategy.Start());
    }

    public void OnHistory(in Bar bar)
    {
        if (Slot.IsSuspended) return;
        Slot.BeginRecall(in bar);
        Guard(in bar, static (ChildStrategy child, in Bar past) => child.Strategy.HandleHistory(in past));
        Slot.EndRecall();
    }

    /// <summary>Why it was suspended, the first time that it is asked for; null where it was not by a failure.</summary>
    public string? TakeFailure()
    {
        if (_isToldOf || Slot.Failure is null) return null;
        _isToldOf = true;
        return Slot.LastError;
    }

    /// <summary>Compares what both wish after the last bar; a sentence when they begin to differ, or differ in another way.</summary>
    public string? Compare(StrategySlot running)
    {
        if (!_wasAsked || !CanAct || !running.CanAct) return null;
        (SignalAction Running, SignalAction Shadow) wishes = (running.Wish?.Action ?? SignalAction.Hold, Slot.Wish?.Action ?? SignalAction.Hold);
        bool differs = wishes.Running != wishes.Shadow;
        Counters = new(Counters.Compared + 1, Counters.Differed + (differs ? 1 : 0));
        bool isNews = differs && _difference != wishes;
        _difference = differs ? wishes : null;
        return isNews ? $"{running.Name}: the new version wishes {wishes.Shadow} where the running one wishes {wishes.Running}." : null;
    }

    private delegate void Step<T>(ChildStrategy child, in T seen);

    private void Guard<T>(in T seen, Step<T> step)
    {
        _watch?.Enter(_host, isShadow: true);
        try
        {
            step(_child, in seen);
        }
#pragma warning disable CA1031 // Whatever it throws, the version that trades goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Slot.Suspend(failure);
        }
        _watch?.Leave(_host, isShadow: true);
    }
}

/// <summary>How two versions of a strategy compare so far.</summary>
/// <param name="Compared">Bars after which both had been asked.</param>
/// <param name="Differed">Those of them on which they wished for different positions.</param>
public readonly record struct ShadowCounters(long Compared, long Differed);
