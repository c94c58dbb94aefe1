using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Market;

/// <summary>Where the gateway's market comes from: made up, recorded, or scripted by a test.</summary>
public interface IMarketSource
{
    /// <summary>What is traded; an input's instrument is an index into this list.</summary>
    IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>Market time at which streaming begins.</summary>
    Timestamp Start { get; }

    /// <summary>
    /// Trades, quotes, depth updates and bars in the order of their time; called once. What is earlier than <see cref="Start"/> is
    /// history: it is known to <c>retrieveBars</c> and is not streamed.
    /// </summary>
    IEnumerable<Input> Read();

    /// <summary>One-minute bars of the time before <see cref="Start"/> that <see cref="Read"/> does not deliver, oldest first, within [from, to). May be empty.</summary>
    IEnumerable<Bar> MinuteBars(int instrument, Timestamp from, Timestamp to);
}
