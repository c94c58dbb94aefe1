using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Live;

/// <summary>What comes into the runner's inbox: an input that is not yet stamped. From a feed: Trade, Quote, Depth, HistoryBar or Feed.</summary>
/// <param name="Input">The instrument index is the one that the feed was given; the time is the venue's.</param>
/// <param name="ParsedAt">
/// Monotonic ticks (<see cref="TimeProvider.GetTimestamp"/>) at which the payload was parsed; measures decision latency. 0 for what is no
/// payload of this moment: history, and what a feed held back while it filled a gap.
/// </param>
public readonly record struct FeedInput(Input Input, long ParsedAt);

/// <summary>Live market data of one provider.</summary>
public interface IFeed : IAsyncDisposable
{
    /// <summary>Name for people and metrics: <c>projectx</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Connects, subscribes and delivers until canceled. Lost connections, expired tokens and silent symbols are the feed's own
    /// business: it comes back by itself, marks the gap (<see cref="FeedEventKind.Down"/>), back-fills it with
    /// <see cref="InputKind.HistoryBar"/> that hold what was missed and nothing that was delivered as a trade, and says
    /// <see cref="FeedEventKind.Up"/>; what it cannot fill it calls a <see cref="FeedEventKind.Gap"/>. Ends only by cancellation or by an error
    /// that no retry can cure (wrong credentials, unknown contract).
    /// </summary>
    /// <exception cref="FeedException">The feed cannot work at all; the message says what, where and the cure.</exception>
    Task RunAsync(IReadOnlyList<FeedSubscription> subscriptions, ChannelWriter<FeedInput> inbox, CancellationToken cancel);

    /// <summary>Past bars, oldest first, without the one that is still forming.</summary>
    Task<IReadOnlyList<Bar>> HistoryAsync(Instrument instrument, Timeframe timeframe, Timestamp from, Timestamp to, CancellationToken cancel);

    /// <summary>What the feed knows of itself right now; safe to call from any thread.</summary>
    FeedHealth Health { get; }
}

/// <summary>An instrument that a feed shall deliver.</summary>
/// <param name="Index">The engine's index of the instrument, put into each input.</param>
/// <param name="Depth">True to subscribe to the order book as well.</param>
public readonly record struct FeedSubscription(int Index, Instrument Instrument, bool Depth = false);

/// <summary>A feed's counters since its start.</summary>
/// <param name="IsConnected">The socket is open; says nothing about data (see the ages per symbol).</param>
/// <param name="Messages">Payload messages received.</param>
/// <param name="Unreadable">Messages that could not be read and were dropped with a warning.</param>
/// <param name="Reconnects">Connections made after the first.</param>
public sealed record FeedHealth(bool IsConnected, long Messages, long Unreadable, int Reconnects, string State)
{
    public static readonly FeedHealth Idle = new(false, 0, 0, 0, "not started");

    /// <summary>Trades, quotes and depth changes that were put into the inbox.</summary>
    public long Delivered { get; init; }

    /// <summary>Trades left out because back-filled bars contain them.</summary>
    public long TradesCovered { get; init; }

    /// <summary>Quotes that gave way to a newer one of their instrument, or were held back while a gap was filled.</summary>
    public long QuotesConflated { get; init; }

    /// <summary>Ticks that were not believed.</summary>
    public long Dropped { get; init; }

    /// <summary>One for each subscription, in their order; empty until the feed knows its contracts.</summary>
    public IReadOnlyList<SymbolHealth> Symbols { get; init; } = [];
}

/// <summary>How a feed stands with one instrument.</summary>
/// <param name="Index">The engine's index of the instrument.</param>
/// <param name="IsLive">Data flows to the engine; false while it is silent or its gap is being filled.</param>
/// <param name="Age">Time since the last payload.</param>
/// <param name="StaleAfter">The age at which it is taken out of service in open hours; follows the instrument's own pauses.</param>
public readonly record struct SymbolHealth(int Index, string Symbol, bool IsLive, TimeSpan Age, TimeSpan StaleAfter);

/// <summary>Why a feed cannot do what was asked.</summary>
public enum FeedFault
{
    /// <summary>The provider could not be reached or is in trouble.</summary>
    Unreachable = 0,

    /// <summary>User, key, address or symbols are wrong: the user must change something.</summary>
    Refused = 1,

    /// <summary>Only history is not to be had; live data may flow.</summary>
    NoHistory = 2,
}

/// <summary>A feed that cannot do what was asked; the message is one sentence for the user with the cure.</summary>
public sealed class FeedException(string message, FeedFault fault = FeedFault.Unreachable) : Exception(message)
{
    public FeedFault Fault => fault;
}
