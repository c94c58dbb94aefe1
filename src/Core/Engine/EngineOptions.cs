using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Risk.Sizing;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>What an engine is made of, apart from its strategies.</summary>
public sealed record EngineOptions
{
    /// <summary>What it trades; inputs and outputs name an instrument by its index here. At least one.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>Money at the start, above 0, in the instruments' currency.</summary>
    public decimal StartingCash { get; init; } = 100_000m;

    public ISignalCombiner Combiner { get; init; } = Netting.Instance;

    public ISizing Sizing { get; init; } = new FixedQuantity(1m);

    /// <summary>Checked in this order; each instance belongs to one engine.</summary>
    public IReadOnlyList<IRiskRule> Rules { get; init; } = [];

    /// <summary>Off: a wish to be short means flat.</summary>
    public bool AllowShort { get; init; }

    /// <summary>Off where a broker must first say that engine and venue agree: until then no order adds risk.</summary>
    public bool StartsSynced { get; init; } = true;

    /// <summary>The broker can modify working orders. Off: what does not fit is canceled and placed anew.</summary>
    public bool CanModifyOrders { get; init; } = true;

    /// <summary>Entries from flat tell the broker their stop and target (<see cref="Order.Bracket"/>), for one that hands them to the venue together with the entry. What the engine orders is the same.</summary>
    public bool PlansBrackets { get; init; }

    /// <summary>A stop that follows the price at a fixed number of ticks is handed out as the venue's own trailing stop (<see cref="Order.TrailTicks"/>); the engine runs all others.</summary>
    public bool TrailsAtVenue { get; init; }

    /// <summary>How long a position with a protective stop may stand without one that the venue confirmed, 100 ms to 10 minutes; then it is closed.</summary>
    public TimeSpan ProtectionLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>When an entry that never reached the venue is sent once more.</summary>
    public ResendOptions Resend { get; init; } = new();

    /// <summary>Threads for strategies; null asks them one after the other. The outputs are the same.</summary>
    public IWorkers? Workers { get; init; }

    /// <summary>Strategies on one series from which <see cref="Workers"/> are used, 2 or more; below, the barrier costs more than it saves (docs/performance.md).</summary>
    public int ForkFrom { get; init; } = 1024;

    /// <summary>Is told of each call of a strategy; null where nobody measures.</summary>
    public IStrategyWatch? Watch { get; init; }

    /// <summary>Rounds of loops and functions that one call of code compiled from a user's file may take, <see cref="CallMeter.FewestRounds"/> to <see cref="CallMeter.MostRounds"/>; one that takes more fails.</summary>
    public long CallRounds { get; init; } = CallMeter.DefaultRounds;

    /// <summary>Where versions of strategies come from that a command swaps in; null where none are.</summary>
    public IStrategyVersions? Versions { get; init; }

    /// <summary>Finished bars of each series that are kept to warm up a new version, 0 to 100,000.</summary>
    public int RecentBars { get; init; }

    /// <exception cref="ArgumentException">Lists everything that is wrong, one sentence each.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (Instruments.Count == 0) faults.Add("An engine needs at least one instrument.");
        if (Instruments.Select(instrument => instrument.Symbol).Distinct().Count() != Instruments.Count) faults.Add("An instrument is listed twice.");
        if (Instruments.Select(instrument => instrument.Currency).Distinct().Count() > 1) faults.Add("All instruments of an engine must be in one currency.");
        if (StartingCash <= 0m) faults.Add($"The starting cash must be above 0, found {StartingCash}.");
        if (RecentBars is < 0 or > 100_000) faults.Add($"RecentBars must be between 0 and 100000, found {RecentBars}.");
        if (ProtectionLimit < TimeSpan.FromMilliseconds(100) || ProtectionLimit > TimeSpan.FromMinutes(10)) faults.Add($"ProtectionLimit must be between 100 ms and 10 minutes, found {ProtectionLimit}.");
        Resend.AddFaults(faults);
        if (CallRounds is < CallMeter.FewestRounds or > CallMeter.MostRounds) faults.Add($"CallRounds must be between {CallMeter.FewestRounds} and {CallMeter.MostRounds}, found {CallRounds}.");
        if (ForkFrom < 2) faults.Add($"ForkFrom must be 2 or more, found {ForkFrom}.");
        if (faults.Count > 0) throw new ArgumentException(string.Join(' ', faults));
    }
}
