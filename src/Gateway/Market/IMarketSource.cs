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

    /// <summary>The first instant of which <see cref="Past"/> knows anything; <see cref="Start"/> when it knows nothing.</summary>
    Timestamp Earliest { get; }

    /// <summary>
    /// Trades, quotes, depth updates and bars in the order of their time; called once. What is earlier than <see cref="Start"/> is
    /// history: it is known to <c>retrieveBars</c> and is not streamed. Bars are history at any time.
    /// </summary>
    IEnumerable<Input> Read();

    /// <summary>Bars that start within [from, to), of the time before <see cref="Start"/> that <see cref="Read"/> does not deliver, oldest first. Called from any thread.</summary>
    /// <param name="timeframe">One second, one minute, or one day (a session).</param>
    /// <param name="to">Not after <see cref="Start"/>; a bar that contains the start tells what came before it.</param>
    IEnumerable<Bar> Past(int instrument, Timeframe timeframe, Timestamp from, Timestamp to);
}
