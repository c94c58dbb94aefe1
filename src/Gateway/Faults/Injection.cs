using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Faults;

/// <summary>A fault that is switched on.</summary>
public sealed record Injection(FaultKind Kind)
{
    private const double UsualProbability = 0.01;

    /// <summary>Above 0, at most 1: per request or event that it could happen to, or per second for faults that happen by themselves.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>After so many times it is over, 1 or more; null is never.</summary>
    public int? Count { get; init; }

    /// <summary>How late, or how old: above 0, at most a day. Null is half a second, 3 seconds for lagging snapshots, 75 minutes for stalled bars, and an hour for short history.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>How long a freeze, a halt or another fault that lasts does so: above 0, at most a day.</summary>
    public TimeSpan Lasts { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For faults of requests: only paths that contain this, for example Order/place; for those of subscriptions: only such methods.</summary>
    public string? Path { get; init; }

    /// <summary>For hub faults: user or market; null is both.</summary>
    public string? Hub { get; init; }

    /// <summary>For user events and the venue: only this account; null is all, or the first for what happens by itself.</summary>
    public int? Account { get; init; }

    /// <summary>For market events, freezes and the venue: only this product; null is all, or the first for what happens by itself.</summary>
    public string? Symbol { get; init; }

    internal TimeSpan EffectiveDelay => Delay ?? Kind switch
    {
        FaultKind.SnapshotLag => TimeSpan.FromSeconds(3),
        FaultKind.StalledBars => TimeSpan.FromMinutes(75),
        FaultKind.ShortHistory => TimeSpan.FromHours(1),
        _ => TimeSpan.FromMilliseconds(500),
    };

    public IEnumerable<string> Faults()
    {
        string name = Kind.NameOf();
        if (!(Probability is > 0 and <= 1)) yield return $"The probability of {name} is {Probability.ToString(CultureInfo.InvariantCulture)}; expected a number above 0 and at most 1.";
        if (Count < 1) yield return $"The count of {name} is {Count}; expected 1 or more, or none for no end.";
        if (Delay <= TimeSpan.Zero || Delay > TimeSpan.FromDays(1)) yield return $"The delay of {name} is {Delay}; expected a time above 0 and at most a day.";
        if (Lasts <= TimeSpan.Zero || Lasts > TimeSpan.FromDays(1)) yield return $"The length of {name} is {Lasts}; expected a time above 0 and at most a day.";
        if (Hub is not (null or "user" or "market")) yield return $"The hub of {name} is \"{Hub}\"; expected user, market, or none for both.";
    }

    /// <summary>Reads <c>KIND</c>, <c>KIND:PROBABILITY</c> or <c>all:PROBABILITY</c>; without a probability it is 0.01.</summary>
    public static bool TryParse(string text, out IReadOnlyList<Injection> injections, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', 2, StringSplitOptions.TrimEntries);
        double probability = UsualProbability;
        injections = [];
        fault = null;
        if (parts.Length == 2 && !(double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out probability) && probability is > 0 and <= 1))
            fault = $"The probability of the fault \"{text}\" is \"{parts[1]}\"; expected a number above 0 and at most 1.";
        else if (parts[0].Equals("all", StringComparison.OrdinalIgnoreCase))
            injections = [.. Enum.GetValues<FaultKind>().Select(kind => new Injection(kind) { Probability = probability })];
        else if (FaultTable.TryFind(parts[0], out FaultKind found))
            injections = [new Injection(found) { Probability = probability }];
        else
            fault = $"The fault \"{parts[0]}\" is not known; expected all or one of {string.Join(", ", FaultTable.Names)}.";
        return fault is null;
    }
}

/// <summary>A line of a schedule: what is switched on when, a fault or a quirk.</summary>
/// <param name="At">Real time since the gateway's start.</param>
/// <param name="Until">When it is switched off again; null is never.</param>
public sealed record ScheduledChange(TimeSpan At, TimeSpan? Until = null)
{
    public Injection? Injection { get; init; }

    public Quirk? Quirk { get; init; }
}
