using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Storage.Sqlite;

/// <summary>A run of the engine.</summary>
/// <param name="Id">The session's id; its journal carries the same.</param>
/// <param name="Kind">One word: <c>paper</c>, <c>live</c>, <c>backtest</c>.</param>
/// <param name="Journal">Path of the journal; null where there is none.</param>
/// <param name="Configuration">What the engine was made of, as JSON.</param>
public sealed record StoredRun(string Id, string Kind, string Account, Timestamp Started, string Build, string Configuration, string? Journal = null)
{
    /// <summary>Null while it runs, and for ever when it crashed.</summary>
    public Timestamp? Ended { get; init; }

    /// <summary>The engine's hash of all outputs; null until the end.</summary>
    public ulong? FinalHash { get; init; }

    /// <summary>Sequence of the last input; null until the end.</summary>
    public long? Inputs { get; init; }

    /// <summary>Outputs that are missing in the database because it could not keep up; they are in the journal.</summary>
    public long LeftOut { get; init; }
}

/// <summary>Names for the indices in outputs, in the engine's order.</summary>
public sealed record RunNames(IReadOnlyList<string> Instruments, IReadOnlyList<string> Strategies)
{
    internal string? Instrument(int index) => index < 0 ? null : Instruments[index];

    internal string? Strategy(int index) => index < 0 ? null : Strategies[index];

    /// <summary>Who holds what a fill or an order is about: a strategy, or <see cref="External"/>.</summary>
    internal string Holder(int index) => index == Fill.ExternalStrategy ? External : Strategies[index];

    /// <summary>Stands in place of a strategy's name where the account traded and no strategy did.</summary>
    public const string External = "external";
}

/// <summary>What the account was worth at one moment, in its currency.</summary>
/// <param name="Sequence">Journal sequence of the last input before it.</param>
public readonly record struct EquityMark(long Sequence, Timestamp Time, decimal Equity, decimal Cash);

/// <summary>How recording goes.</summary>
/// <param name="Waiting">Outputs in the queue.</param>
/// <param name="Stored">Outputs in the database.</param>
/// <param name="LeftOut">Outputs that found the queue full, or the database beyond use; the journal has them.</param>
/// <param name="Fault">Why nothing is stored at the moment; null while all is well.</param>
public sealed record RecorderHealth(int Waiting, long Stored, long LeftOut, string? Fault);
