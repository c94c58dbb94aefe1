using Tradewind.Core.Model;
using Tradewind.Storage.Csv;

namespace Tradewind.Storage.Inspection;

/// <summary>A time in which the venue was open and the file has nothing.</summary>
/// <param name="From">End of the last record before it.</param>
/// <param name="To">Start of the next record.</param>
/// <param name="Open">How much of it the venue was open.</param>
/// <param name="MissingBars">Bars that would fill it; 0 for trades and quotes.</param>
public readonly record struct DataGap(Timestamp From, Timestamp To, TimeSpan Open, long MissingBars);

/// <summary>How often one kind of fault occurs in a file.</summary>
/// <param name="First">The sentence about the first of them, with its line.</param>
public sealed record DataFaultCount(DataFault Kind, long Count, string First);

/// <summary>What a market data file holds and what is wrong with it.</summary>
public sealed record MarketDataReport
{
    public required string Path { get; init; }

    public required MarketDataKind Kind { get; init; }

    /// <summary>True for the binary format, false for CSV.</summary>
    public required bool IsRecording { get; init; }

    /// <summary>Size of the file as it lies on the disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>Of a recording what it says, of a CSV file what the caller said; null when neither does.</summary>
    public string? Symbol { get; init; }

    /// <summary>Of bars: as the recording says, or the smallest step of a CSV file.</summary>
    public Timeframe? Timeframe { get; init; }

    /// <summary>Records that could be read and make sense.</summary>
    public long Count { get; init; }

    /// <summary>Earliest start of a bar, or time of a trade or quote.</summary>
    public Timestamp From { get; init; }

    /// <summary>Latest end of a bar, or time of a trade or quote.</summary>
    public Timestamp To { get; init; }

    /// <summary>Bars whose start another bar has; trades and quotes equal to the one before them, which real markets have and readers keep.</summary>
    public long Duplicates { get; init; }

    /// <summary>Records earlier than the one before them.</summary>
    public long Disorder { get; init; }

    /// <summary>Quotes whose bid is above the ask.</summary>
    public long CrossedQuotes { get; init; }

    /// <summary>Records at times when the calendar says that the venue is closed.</summary>
    public long OutsideSessions { get; init; }

    /// <summary>Name of the calendar that gaps were measured by; null when none is known and every hour counts.</summary>
    public string? Calendar { get; init; }

    public long GapCount { get; init; }

    /// <summary>Bars missing in all gaps together.</summary>
    public long MissingBars { get; init; }

    /// <summary>The longest gaps, longest first.</summary>
    public IReadOnlyList<DataGap> LongestGaps { get; init; } = [];

    /// <summary>Rows that <see cref="MarketDataFile.Open"/> would refuse, by kind. Duplicates and disorder are among them where they matter.</summary>
    public IReadOnlyList<DataFaultCount> Faults { get; init; } = [];

    /// <summary>Why the file could not be read to its end or a part of it is not to be trusted; null when it is whole.</summary>
    public string? Damage { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>True when the file can be used as it is.</summary>
    public bool IsSound => Faults.Count == 0 && Damage is null && Count > 0;
}
