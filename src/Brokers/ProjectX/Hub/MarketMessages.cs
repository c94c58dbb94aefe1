using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Hub;

internal enum MarketChannel : byte
{
    Quotes = 0,
    Trades = 1,
    Depth = 2,
}

/// <summary>What a quote message changed. Absent is not zero: a member that did not come is NaN.</summary>
/// <param name="Time">The gateway's time of the event; the default where it sent none.</param>
internal readonly record struct QuotePatch(Timestamp Time, double Bid, double Ask, double Last, double Volume);

/// <param name="Size">NaN where it did not come.</param>
internal readonly record struct TradePrint(Timestamp Time, double Price, double Size, Aggressor Aggressor);

/// <param name="Type">The gateway's DomType.</param>
internal readonly record struct DepthEntry(Timestamp Time, int Type, double Price, double Size);

/// <summary>What comes out of a market hub, in the order of the wire. Called on the receiving thread; must not block.</summary>
/// <remarks>One message may bring no, one or many entries; <see cref="OnMessage"/> comes first and once.</remarks>
internal interface IMarketEvents
{
    /// <param name="contract">Index in the <see cref="ContractTable"/>; -1 for a contract that nobody asked for.</param>
    /// <param name="receivedAt">Monotonic ticks of the clock.</param>
    void OnMessage(int contract, MarketChannel channel, long receivedAt);

    void OnQuote(int contract, in QuotePatch quote, long receivedAt);

    void OnTrade(int contract, in TradePrint trade, long receivedAt);

    void OnDepth(int contract, in DepthEntry entry, long receivedAt);

    /// <summary>A message or an entry of it was dropped.</summary>
    /// <param name="what">What could not be read, a constant, so that warnings can be counted by it.</param>
    void OnUnreadable(string what);

    /// <summary>The gateway ended our session.</summary>
    void OnLogout();
}
