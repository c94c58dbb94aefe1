using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway.Market;

namespace Tradewind.Brokers.Tests.Gateway;

/// <summary>A market that a test writes down event by event.</summary>
internal sealed class ScriptedMarket : IMarketSource
{
    /// <summary>A Wednesday, 10:00 in Chicago.</summary>
    public static readonly Timestamp Noon = Timestamp.FromUtc(2026, 8, 19, 15);

    private readonly List<Input> _inputs = [];

    public ScriptedMarket(params string[] symbols) => Instruments = [.. symbols.Select(Find)];

    public IReadOnlyList<Instrument> Instruments { get; }

    public Timestamp Start { get; init; } = Noon;

    /// <summary>Bars of the past, of one second, one minute or one day, oldest first; the same for all instruments.</summary>
    public IReadOnlyList<Bar> History { get; init; } = [];

    public Timestamp Earliest => History.Count == 0 ? Start : new(History.Min(bar => bar.Start.Nanoseconds));

    public ScriptedMarket Trade(double seconds, double price, double size = 1, Aggressor aggressor = Aggressor.Buyer, int instrument = 0)
    {
        _inputs.Add(new(instrument, new Trade(At(seconds), price, size, aggressor)));
        return this;
    }

    public ScriptedMarket Quote(double seconds, double bid, double ask, double bidSize = 0, double askSize = 0, int instrument = 0)
    {
        _inputs.Add(new(instrument, new Quote(At(seconds), bid, ask, bidSize, askSize)));
        return this;
    }

    public ScriptedMarket Depth(double seconds, Side side, double price, double size, int instrument = 0)
    {
        _inputs.Add(new(instrument, new DepthUpdate(At(seconds), side, DepthAction.Set, price, size), At(seconds)));
        return this;
    }

    public IEnumerable<Input> Read() => _inputs.OrderBy(input => input.Time.Nanoseconds);

    public IEnumerable<Bar> Past(int instrument, Timeframe timeframe, Timestamp from, Timestamp to) =>
        History.Where(bar => bar.End - bar.Start == TimeSpan.FromTicks(timeframe.Amount / 100) && bar.Start >= from && bar.Start < to);

    private static Timestamp At(double seconds) => Noon + TimeSpan.FromSeconds(seconds);

    private static Instrument Find(string symbol) => Tradewind.Core.Model.Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new ArgumentException(symbol);
}
