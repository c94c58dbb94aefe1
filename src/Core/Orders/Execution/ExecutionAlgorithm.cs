using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders.Execution;

/// <summary>What becomes of what an execution has not filled when its time is over.</summary>
public enum Leftover : byte
{
    /// <summary>It is left: children that rest are canceled, and nothing more is ordered.</summary>
    Leave = 0,

    /// <summary>It is ordered at the market, also where the wish has a limit price.</summary>
    Market = 1,
}

/// <summary>How a wish's order is worked: as a parent that is never sent itself, by children that are ordinary orders.</summary>
/// <remarks>
/// One that is new is one file here: it says how much of the parent may have been sent by now, and when to ask again; all else is done for it. What it answers
/// follows from what it is shown alone, so that every run of the same inputs is the same.
/// </remarks>
public abstract record ExecutionAlgorithm
{
    private protected ExecutionAlgorithm()
    {
    }

    /// <summary>Stable name, stored in snapshots and shown: <c>twap</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How long it works, above zero; null for as long as the wish stands.</summary>
    public TimeSpan? Over { get; init; }

    /// <summary>What becomes of what is not filled after <see cref="Over"/>.</summary>
    public Leftover Leftover { get; init; }

    /// <summary>Name and settings, in words.</summary>
    public abstract string Words { get; }

    /// <summary>It is asked again whenever the market has traded.</summary>
    internal virtual bool FollowsVolume => false;

    /// <summary>Its settings as plain values, from which a constructor that takes them alone makes it again.</summary>
    internal abstract ExecutionTerms Terms { get; }

    /// <summary>Whether its settings are in range and it can work an order of this type.</summary>
    internal abstract bool IsSound(OrderType type, Instrument instrument);

    /// <summary>What somebody should know as it begins; null for nothing.</summary>
    internal virtual string? Caveat(in ParentProgress parent) => null;

    /// <summary>How much of the parent may be filled or working by now.</summary>
    internal abstract Pace PaceAt(in ParentProgress parent);

    private protected bool IsTimed => Over is { } over && over > TimeSpan.Zero && over <= TimeSpan.FromDays(1);

    /// <summary>For algorithms that may go on until the wish ends.</summary>
    private protected bool IsEndSound => Over is null || IsTimed;

    private protected string WithEnd(string words) => Leftover == Leftover.Market ? words + ", what is left then at the market" : words;
}

/// <summary>How far an execution may go.</summary>
/// <param name="Released">Units, from the start on, that may be filled or working by now; what is no whole lot waits.</param>
/// <param name="Next">When it may be more; <see cref="Timestamp.MaxValue"/> where time alone does not make it so.</param>
public readonly record struct Pace(decimal Released, Timestamp Next)
{
    /// <summary>One child at a time, of at most so many units; 0 for any number of any size.</summary>
    public decimal Shown { get; init; }
}

/// <summary>A parent as its algorithm sees it.</summary>
/// <param name="Number">From the same counter as orders.</param>
/// <param name="End">When its time is over; <see cref="Timestamp.MaxValue"/> where it has none.</param>
/// <param name="Quantity">Units in all.</param>
/// <param name="Traded">Units that the market has traded since the start, ours among them where the venue is a real one.</param>
public readonly record struct ParentProgress(long Number, Timestamp Start, Timestamp Now, Timestamp End, decimal Quantity, double Traded)
{
    /// <summary>Usual volume over the session; null where none is kept.</summary>
    internal VolumeCurve? Curve { get; init; }

    public TimeSpan Length => End - Start;

    public bool IsOver => Now >= End;
}

/// <summary>Settings of any algorithm as plain values: those that it does not have are 0.</summary>
/// <param name="Over">100 ns.</param>
public readonly record struct ExecutionTerms(long Over, Leftover Leftover, int Slices = 0, double Share = 0, decimal Units = 0, int Seed = 0)
{
    internal TimeSpan? Length => Over == 0 ? null : new TimeSpan(Over);

    internal void Fold(ref StateHash hash)
    {
        hash.Fold(Over);
        hash.Fold((int)Leftover | Slices << 8);
        hash.Fold(Share);
        hash.Fold(Units);
        hash.Fold(Seed);
    }
}
