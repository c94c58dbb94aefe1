using System.Globalization;
using System.Text.Json;

namespace Tradewind.Benchmarks;

/// <summary>What the simulator says it sent.</summary>
internal sealed record SimulatorCount(long Sent, long Trades, long Dropped, long Abandoned, bool IsStill)
{
    public static SimulatorCount Of(JsonElement counters)
    {
        JsonElement[] contracts = [.. counters.GetProperty("contracts").EnumerateArray()];
        JsonElement connections = counters.GetProperty("connections");
        return new(
            contracts.Sum(contract => Sum(contract, "quotes") + Sum(contract, "trades") + Sum(contract, "depth")), contracts.Sum(contract => Sum(contract, "trades")),
            connections.GetProperty("dropped").GetInt64(), connections.GetProperty("abandoned").GetInt64(),
            counters.GetProperty("market").GetProperty("state").GetString() == "paused" && connections.GetProperty("waiting").GetInt64() == 0);
    }

    private static long Sum(JsonElement contract, string kind) => contract.GetProperty(kind).GetProperty("sent").GetInt64();
}

/// <summary>What the session says it received and did.</summary>
internal sealed record SessionCount(
    bool IsLive, long Messages, long Unreadable, long Dropped, long Reconnects, long Delivered, long Covered, long Conflated, long Inputs, long Waiting, string Decision, string Processing)
{
    public static SessionCount Of(JsonElement status)
    {
        JsonElement feed = status.GetProperty("feed");
        JsonElement[] symbols = [.. feed.GetProperty("symbols").EnumerateArray()];
        return new(
            symbols.Length > 0 && symbols.All(symbol => symbol.GetProperty("isLive").GetBoolean()),
            Count(feed, "messages"), Count(feed, "unreadable"), Count(feed, "dropped"), Count(feed, "reconnects"), Count(feed, "delivered"), Count(feed, "tradesCovered"), Count(feed, "quotesConflated"),
            Count(status, "marketInputs"), Count(status, "inboxDepth"), Latency(status.GetProperty("decisionLatency")), Latency(status.GetProperty("processingLatency")));
    }

    private static long Count(JsonElement of, string name) => of.GetProperty(name).GetInt64();

    private static string Latency(JsonElement row)
    {
        if (row.ValueKind == JsonValueKind.Null) return "nothing was measured";
        return string.Create(CultureInfo.InvariantCulture,
            $"p50 {Get("p50"):N0} µs, p99 {Get("p99"):N0} µs, p99.9 {Get("p999"):N0} µs, longest {Get("maximum"):N0} µs, of {row.GetProperty("count").GetInt64():N0}");

        double Get(string name) => row.GetProperty(name).GetDouble();
    }
}
