using System.Globalization;
using Tradewind.Chaos.Faults;

namespace Tradewind.Chaos.World;

/// <summary>One world: everything in it follows from these.</summary>
public sealed record WorldOptions
{
    public required ulong Seed { get; init; }

    /// <summary>Virtual time in which things go wrong, 1 second to 1 day.</summary>
    public TimeSpan Chaos { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Virtual time that the program has afterwards to bring everything in order, 1 second to 1 day.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Kinds of faults that are left out, to find the smallest mix that fails.</summary>
    public IReadOnlySet<FaultKind> Without { get; init; } = new HashSet<FaultKind>();

    /// <summary>Instruments, 1 or 2.</summary>
    public int Instruments { get; init; } = 2;

    /// <summary>Strategies on each instrument, 1 to 4.</summary>
    public int Strategies { get; init; } = 2;

    /// <summary>Whether the program speaks to the venue through the shipped ProjectX adapter, in its protocol, or the synchroniser stands right before the wires. Null: in each fourth world it does.</summary>
    public bool? Gateway { get; init; }

    public bool HasGateway => Gateway ?? Seed % 4 == 3;

    /// <summary>Mean time between two trades of an instrument.</summary>
    public TimeSpan TradePause { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary>What repeats this world, whole.</summary>
    public string Command => CommandOver(1);

    /// <summary>What repeats this world and those of the following seeds.</summary>
    /// <param name="count">How many worlds, at least 1.</param>
    public string CommandOver(int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"tradewind chaos --seeds {count} --first-seed {Seed} --seconds {(int)Chaos.TotalSeconds} --instruments {Instruments} --strategies {Strategies}{(Gateway is { } gateway ? gateway ? " --gateway all" : " --gateway none" : "")}{string.Concat(Without.Order().Select(kind => $" --without {FaultNames.Of(kind)}"))}");
}
