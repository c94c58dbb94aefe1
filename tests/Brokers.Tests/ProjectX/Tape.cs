using System.Globalization;
using System.Text.Json.Nodes;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>All that was ever traded, and the plainest way to make bars of it.</summary>
internal sealed class Tape
{
    private static readonly int[] UnitSeconds = [0, 1, 60, 3600, 86400];

    private readonly List<(string Contract, DateTimeOffset Time, double Price, int Size)> _trades = [];

    /// <summary>Bars end here when the history has stalled.</summary>
    public DateTimeOffset StallsAt { get; set; } = DateTimeOffset.MaxValue;

    public void Add(string contract, DateTimeOffset time, double price, int size)
    {
        lock (_trades) _trades.Add((contract, time, price, size));
    }

    public int CountOf(string contract)
    {
        lock (_trades) return _trades.Count(trade => trade.Contract == contract);
    }

    /// <summary>Start of the bar in seconds since 1970, then open, high, low, close and volume.</summary>
    public SortedDictionary<long, (double O, double H, double L, double C, long V)> Bars(string contract, int seconds, DateTimeOffset from, DateTimeOffset to)
    {
        var bars = new SortedDictionary<long, (double O, double H, double L, double C, long V)>();
        lock (_trades)
        {
            foreach ((_, DateTimeOffset time, double price, int size) in _trades.Where(trade => trade.Contract == contract && trade.Time >= from && trade.Time < to))
            {
                long start = time.ToUnixTimeSeconds() / seconds * seconds;
                bars[start] = bars.TryGetValue(start, out var bar) ? (bar.O, Math.Max(bar.H, price), Math.Min(bar.L, price), price, bar.V + size) : (price, price, price, price, size);
            }
        }
        return bars;
    }

    /// <summary>The answer to <c>retrieveBars</c>: newest first, the newest kept, 20,000 at most.</summary>
    public JsonArray Bars(JsonNode request, DateTimeOffset now)
    {
        int seconds = UnitSeconds[(int)request["unit"]!] * (int)request["unitNumber"]!;
        DateTimeOffset from = Parse(request["startTime"]!);
        DateTimeOffset to = Parse(request["endTime"]!);
        bool partial = (bool)request["includePartialBar"]!;
        DateTimeOffset known = StallsAt < now ? StallsAt : now;
        var rows = Bars((string)request["contractId"]!, seconds, DateTimeOffset.MinValue, known)
            .Where(bar => bar.Key >= from.ToUnixTimeSeconds() && bar.Key < to.ToUnixTimeMilliseconds() / 1000.0 && (partial || bar.Key + seconds <= now.ToUnixTimeSeconds()))
            .Reverse().Take(Math.Min((int)request["limit"]!, 20_000));
        return new([.. rows.Select(bar => (JsonNode)new JsonObject
        {
            ["t"] = DateTimeOffset.FromUnixTimeSeconds(bar.Key).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            ["o"] = bar.Value.O, ["h"] = bar.Value.H, ["l"] = bar.Value.L, ["c"] = bar.Value.C, ["v"] = bar.Value.V,
        })]);
    }

    private static DateTimeOffset Parse(JsonNode time) => DateTimeOffset.Parse((string)time!, CultureInfo.InvariantCulture);
}
