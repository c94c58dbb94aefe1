using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Gateway.Market;

/// <summary>The made-up market at an exact rate, for load tests: its trades and its quotes whose best price moved, one after another at equal distances.</summary>
/// <remarks>Every input becomes one message to those who take no depth, so that messages can be counted on both ends. Lies: no depth but the touch, no night, no open, no bursts; prices move as much between two messages as in the market that it is made of, and so, at a high rate, much in little time.</remarks>
public sealed class SteadyMarket(GeneratedMarket market, double messagesPerSecond) : IMarketSource
{
    public IReadOnlyList<Instrument> Instruments => market.Instruments;

    public Timestamp Start => market.Start;

    public Timestamp Earliest => market.Earliest;

    public IEnumerable<Input> Read()
    {
        var generator = new MarketGenerator(market.Options with { Depth = false, DayShape = false, AroundTheClock = true });
        var best = new (double Bid, double Ask)[Instruments.Count];
        long count = 0;
        while (generator.TryNext(out MarketEvent next))
        {
            var time = new Timestamp(Start.Nanoseconds + (long)(count * (Timestamp.NanosecondsPerSecond / messagesPerSecond)));
            if (next.Kind == MarketEventKind.Trade) yield return new(next.Instrument, next.Trade with { Time = time });
            else if (next.Kind == MarketEventKind.Quote && best[next.Instrument] != (next.Quote.Bid, next.Quote.Ask))
            {
                best[next.Instrument] = (next.Quote.Bid, next.Quote.Ask);
                yield return new(next.Instrument, next.Quote with { Time = time });
            }
            else continue;
            count++;
        }
    }

    public IEnumerable<Bar> Past(int instrument, Timeframe timeframe, Timestamp from, Timestamp to) => market.Past(instrument, timeframe, from, to);
}
