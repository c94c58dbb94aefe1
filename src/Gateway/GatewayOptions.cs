using System.Globalization;
using Tradewind.Core.Model;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Market;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway;

/// <summary>How the gateway simulator behaves. All faults are reported at once by <see cref="Faults"/>.</summary>
public sealed record GatewayOptions
{
    /// <summary>TCP port on 127.0.0.1, 0 to 65535; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Seed of the generated market; the same seed and start give the same market.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Market seconds per real second, above 0; positive infinity plays as fast as the slowest client takes it.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>A recording to play instead of the generated market.</summary>
    public string? ReplayFile { get; init; }

    /// <summary>Platform login name; its case does not matter.</summary>
    public string UserName { get; init; } = "demo";

    public string ApiKey { get; init; } = "demo";

    /// <summary>How long a token lives, 1 second to 365 days.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>50 history requests per 30 s and 200 others per 60 s, then HTTP 429.</summary>
    public bool RateLimits { get; init; } = true;

    /// <summary>Market time at which the stream begins; null means 08:30 Chicago of the latest session, or the recording's first event.</summary>
    public Timestamp? Start { get; init; }

    /// <summary>Market time is real time: nothing streams while the venue is closed. Excludes <see cref="Start"/>, <see cref="ReplayFile"/> and any other <see cref="Speed"/> than 1.</summary>
    public bool WallClock { get; init; }

    /// <summary>What the generated market trades: ES, NQ, CL, GC, 6E and their micros MES, MNQ, MCL, MGC, M6E.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = ["ES", "NQ", "CL", "GC", "6E", "MES", "MNQ", "MCL", "MGC", "M6E"];

    /// <summary>Multiplies the events per second of the generated market, 0.01 to 10,000.</summary>
    public double Activity { get; init; } = 1;

    /// <summary>Trade and quote messages per second of the generated market, all symbols together, evenly spaced and with no depth but the touch: for load tests. 1 to 200,000; null leaves the market its own uneven pace.</summary>
    public double? Rate { get; init; }

    /// <summary>Messages that may wait for one slow connection, 16 to 4,194,304; one more closes it.</summary>
    public int OutboxCapacity { get; init; } = 65_536;

    /// <summary>A silence longer than this, or any silence while the venue is closed, is skipped in market time. Above 0; not with <see cref="WallClock"/>.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The accounts of the user, each with its own id. Those of a <see cref="StateFile"/> are opened beside them; without any there is one practice account.</summary>
    public IReadOnlyList<AccountOptions> Accounts { get; init; } = [];

    /// <summary>A file that keeps accounts, orders, tags, positions and trades when the process ends, and the market's time, at which the next one goes on; null keeps nothing.</summary>
    public string? StateFile { get; init; }

    public MatchingOptions Matching { get; init; } = new();

    /// <summary>Ways of the original that are switched on from the start.</summary>
    public IReadOnlyList<Quirk> Quirks { get; init; } = [];

    /// <summary>Faults that are switched on from the start.</summary>
    public IReadOnlyList<Injection> Injections { get; init; } = [];

    /// <summary>Faults and quirks that are switched on later.</summary>
    public IReadOnlyList<ScheduledChange> Schedule { get; init; } = [];

    /// <summary>Everything that is wrong, one sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Port is < 0 or > 65_535) faults.Add($"The port is {Port}; expected 0 (any free one) to 65535.");
        if (!(Speed > 0)) faults.Add($"The speed is {Text(Speed)}; expected a number above 0 or \"max\".");
        if (string.IsNullOrWhiteSpace(UserName)) faults.Add("The user name is empty; expected the name that clients log in with, for example demo.");
        if (string.IsNullOrWhiteSpace(ApiKey)) faults.Add("The API key is empty; expected the key that clients log in with, for example demo.");
        if (TokenLifetime < TimeSpan.FromSeconds(1) || TokenLifetime > TimeSpan.FromDays(365)) faults.Add($"The token lifetime is {TokenLifetime}; expected 1 second to 365 days.");
        if (OutboxCapacity is < 16 or > 4_194_304) faults.Add($"The outbox capacity is {OutboxCapacity}; expected 16 to 4194304 messages.");
        if (Rate is { } rate && !(rate is >= 1 and <= 200_000)) faults.Add($"The rate is {Text(rate)}; expected 1 to 200000 messages per second.");
        if (Rate is not null && ReplayFile is not null) faults.Add("Both a rate and a replay file are given; a recording has its own pace, so leave the rate out.");
        if (LongestSilence <= TimeSpan.Zero) faults.Add($"The longest silence is {LongestSilence}; expected a time above 0.");
        if (ReplayFile is not null && string.IsNullOrWhiteSpace(ReplayFile)) faults.Add("The replay file's name is empty; expected a recording (.twr) or a CSV file.");
        if (StateFile is not null && string.IsNullOrWhiteSpace(StateFile)) faults.Add("The state file's name is empty; expected a file to keep the state in.");
        faults.AddRange(WallClockFaults());
        faults.AddRange(MarketFaults());
        faults.AddRange(Accounts.SelectMany(account => account.Faults()));
        faults.AddRange(AccountOptions.Repeated(Accounts));
        faults.AddRange(Matching.Faults());
        faults.AddRange(Injections.Concat(Schedule.Select(line => line.Injection).OfType<Injection>()).SelectMany(injection => injection.Faults()));
        return faults;
    }

    /// <summary>Reads a speed as people write it: <c>1</c>, <c>0.5</c>, <c>10</c>, <c>10x</c>, <c>max</c>.</summary>
    public static bool TryParseSpeed(string text, out double speed)
    {
        ArgumentNullException.ThrowIfNull(text);
        speed = double.PositiveInfinity;
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase)) return true;
        string number = text.EndsWith('x') ? text[..^1] : text;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out speed) && speed > 0 && double.IsFinite(speed);
    }

    private IEnumerable<string> WallClockFaults()
    {
        if (!WallClock) yield break;
        if (Start is not null) yield return "Both a start time and the wall clock are given; expected one of them.";
        if (ReplayFile is not null) yield return "Both a replay file and the wall clock are given; a recording has its own time, so leave the wall clock out.";
        if (Speed != 1) yield return $"The wall clock is given with speed {Text(Speed)}; expected speed 1.";
    }

    private IEnumerable<string> MarketFaults()
    {
        if (ReplayFile is not null) return [];
        List<string> unknown = [.. Symbols.Where(symbol => !ProductTable.TryFind(symbol, out _))
            .Select(symbol => $"The symbol {symbol} is not traded at this gateway; expected one of {string.Join(", ", ProductTable.Symbols)}.")];
        return unknown.Count > 0 ? unknown : GeneratedMarket.Faults(this);
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
