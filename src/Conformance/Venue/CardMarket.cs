using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway.Market;
using Tradewind.Live;

namespace Tradewind.Conformance.Venue;

/// <summary>A market that stands where the card puts it: a trade every 10 ms at its price, and a touch of one tick with plenty on both sides.</summary>
internal sealed class CardMarket(Instrument instrument) : IMarketSource
{
    public const double FirstPrice = 6500;
    private const double Depth = 500;
    private const int QuoteEvery = 20;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private int _ticks;

    public IReadOnlyList<Instrument> Instruments { get; } = [instrument];

    /// <summary>A Wednesday, 10:00 in Chicago.</summary>
    public Timestamp Start { get; } = Timestamp.FromUtc(2026, 8, 19, 15);

    public Timestamp Earliest => Start;

    public void MoveTo(int ticks) => Volatile.Write(ref _ticks, ticks);

    public IEnumerable<Input> Read()
    {
        int shown = int.MinValue;
        Timestamp time = Start;
        for (long step = 0; ; step++, time += Step)
        {
            int ticks = Volatile.Read(ref _ticks);
            double price = FirstPrice + ticks * instrument.TickSizeAsDouble;
            if (ticks != shown || step % QuoteEvery == 0) yield return new(0, new Quote(time, price, price + instrument.TickSizeAsDouble, Depth, Depth));
            yield return new(0, new Trade(time, price, 1, Aggressor.Seller));
            shown = ticks;
        }
    }

    /// <summary>Shows an engine the same market, without a feed, until canceled.</summary>
    /// <param name="now">The venue's time.</param>
    public async Task ShowAsync(ChannelWriter<FeedInput> inbox, Func<Timestamp> now, CancellationToken cancel)
    {
        using var step = new PeriodicTimer(Step);
        while (await step.WaitForNextTickAsync(cancel).ConfigureAwait(false))
        {
            Timestamp time = now();
            double price = FirstPrice + Volatile.Read(ref _ticks) * instrument.TickSizeAsDouble;
            inbox.TryWrite(new(new(0, new Quote(time, price, price + instrument.TickSizeAsDouble, Depth, Depth)), 0));
            inbox.TryWrite(new(new(0, new Trade(time, price, 1, Aggressor.Seller)), 0));
        }
    }

    public IEnumerable<Bar> Past(int instrument, Timeframe timeframe, Timestamp from, Timestamp to) => [];
}
