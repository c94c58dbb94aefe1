using System.Threading.Channels;
using Tradewind.Core.Model;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Conformance.Venue;

/// <summary>A venue of its own for one card: it can be traded through the broker under test, looked into, and made to misbehave. What it offers beside trading, <see cref="ITestBench.Offers"/> says.</summary>
public interface ITestVenue : IAsyncDisposable
{
    /// <summary>What is traded.</summary>
    Instrument Instrument { get; }

    /// <summary>What really is, by the venue's own word and past the broker under test.</summary>
    Task<VenueTruth> TruthAsync(CancellationToken cancel);

    /// <summary>A broker and market data, as a program that starts has them; more than one after the other make a restart.</summary>
    /// <param name="session">Names the session towards the venue.</param>
    /// <param name="memory">What an earlier program knew; null at a first start.</param>
    Task<IVenueSession> ConnectAsync(string session, AccountMemory? memory, CancellationToken cancel);

    /// <summary>Lets the market trade at another price from now on, signed in ticks from where it began. Needs <see cref="CardNeeds.Market"/>.</summary>
    void MoveTo(int ticks);

    /// <summary>Lets something go wrong. Needs <see cref="CardNeeds.Faults"/>.</summary>
    Task InjectAsync(Injected fault, CancellationToken cancel);

    /// <summary>Ends all faults.</summary>
    Task HealAsync(CancellationToken cancel);

    /// <summary>How often injected faults have come about, those ended by <see cref="HealAsync"/> included.</summary>
    Task<int> StruckAsync(CancellationToken cancel);

    /// <summary>Lets something happen at the venue by nobody's wish here. Needs <see cref="CardNeeds.Hand"/>.</summary>
    Task HappenAsync(Happening happening, CancellationToken cancel);
}

/// <summary>A running connection of a program to the venue: the broker under test and the market data beside it.</summary>
public interface IVenueSession : IAsyncDisposable
{
    /// <summary>Disposed by its user, before the session.</summary>
    IBroker Broker { get; }

    /// <summary>Money in the account at the start.</summary>
    decimal StartingCash { get; }

    /// <summary>The account must first say that engine and venue agree.</summary>
    bool SyncsFirst { get; }

    /// <summary>The id under which the venue knows an order of this session; null where it has none.</summary>
    string? ClientIdOf(long order);

    /// <summary>Delivers market data until canceled.</summary>
    Task RunFeedAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel);
}

/// <summary>Opens venues for cards: one implementation for each broker and for each place where it can be tested.</summary>
public interface ITestBench
{
    /// <summary>The broker under test, as in commands: <c>projectx</c>.</summary>
    string Broker { get; }

    CardNeeds Offers { get; }

    Task<ITestVenue> OpenAsync(VenueSettings settings, CancellationToken cancel);
}

/// <summary>How the venue of a card is set up.</summary>
public sealed record VenueSettings
{
    /// <summary>Orders may carry brackets of their own, which the platform of some venues must be switched to.</summary>
    public bool HasOrderBrackets { get; init; }

    /// <summary>The broker under test lets entries take their stop and target along where the venue allows it.</summary>
    public bool UsesOrderBrackets { get; init; }

    /// <summary>The broker under test leaves stops that trail by a fixed number of ticks to the venue.</summary>
    public bool UsesVenueTrails { get; init; }

    /// <summary>The platform attaches a stop of its own to each position.</summary>
    public bool AttachesStops { get; init; }

    /// <summary>The venue enforces its limits on requests.</summary>
    public bool LimitsRequests { get; init; }

    /// <summary>The user has a second account.</summary>
    public bool HasSecondAccount { get; init; }

    /// <summary>How long a login lasts; null for the venue's usual time.</summary>
    public TimeSpan? LoginLifetime { get; init; }

    /// <summary>Money in the account; null for the venue's usual amount.</summary>
    public decimal? Balance { get; init; }

    /// <summary>Ways of the venue that are not documented, by the venue's own names.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];
}
