using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tradewind.Processes.Tests.Support;

/// <summary>The gateway simulator as a process of its own, and what it says that really is.</summary>
public sealed class Venue : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private readonly Workbench _bench;

    private Venue(Workbench bench, Session process, Uri address)
    {
        _bench = bench;
        Process = process;
        Address = address;
    }

    public Session Process { get; }

    public Uri Address { get; }

    public static async Task<Venue> StartAsync(Workbench bench, params string[] arguments)
    {
        Session process = bench.Start(["simulator", .. arguments]);
        return new(bench, process, new Uri((await process.SaysAsync("http://")).Trim()));
    }

    /// <summary>A session that trades its only account.</summary>
    /// <param name="point">Where it crashes, as <c>order-durable:2</c>; null for nowhere.</param>
    public Session Trade(string folder, string? point = null, params string[] more)
    {
        Dictionary<string, string> variables = Credentials();
        if (point is not null) variables["TRADEWIND_CRASH_AT"] = point;
        return _bench.Start(variables, Run(folder, more));
    }

    /// <summary>The same, where no file may grow beyond a size: what a full disk or a used-up quota is like.</summary>
    public Session TradeOnFullDisk(string folder, int mebibytes, params string[] more) => _bench.StartLimited(Credentials(), mebibytes, Run(folder, more));

    /// <summary>The truth once it is as wanted.</summary>
    public async Task<Truth> UntilAsync(Predicate<Truth> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var poll = new PeriodicTimer(Poll);
        while (true)
        {
            Truth truth = await TruthAsync();
            if (wanted(truth)) return truth;
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>What is with every order, position and command of its only account.</summary>
    public async Task<Truth> TruthAsync() => new(await _http.GetFromJsonAsync<JsonElement>(new Uri(Address, "control/truth")));

    /// <summary>The market goes on for a second.</summary>
    public async Task LetGoOnAsync()
    {
        DateTimeOffset before = (await TruthAsync()).Time;
        await ResumeAsync();
        await UntilAsync(truth => truth.Time - before > TimeSpan.FromSeconds(1));
    }

    /// <summary>The market stands still from now on; orders are taken all the same. True once it does.</summary>
    public async Task<bool> PauseAsync()
    {
        await PostAsync("control/pause", "");
        using var poll = new PeriodicTimer(Poll);
        while ((await _http.GetFromJsonAsync<JsonElement>(new Uri(Address, "control/counters"))).GetProperty("market").GetProperty("state").GetString() != "paused") await poll.WaitForNextTickAsync();
        return true;
    }

    public Task ResumeAsync() => PostAsync("control/resume", "");

    /// <summary>Injects a fault from now on, or switches all off.</summary>
    public Task FaultAsync(string json) => PostAsync("control/faults", json);

    public void Dispose()
    {
        _http.Dispose();
        Process.Dispose();
    }

    private static Dictionary<string, string> Credentials() => new() { ["TRADEWIND_PROJECTX_USER"] = "demo", ["TRADEWIND_PROJECTX_KEY"] = "demo" };

    private string[] Run(string folder, string[] more) => ["run", "--gateway", Address.ToString(), "--market-time", "--port", "0", "--data-dir", folder, .. more];

    private async Task PostAsync(string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(Address, path), body);
        answer.EnsureSuccessStatusCode();
    }
}

/// <summary>The truth of the venue at one moment.</summary>
public sealed class Truth(JsonElement root)
{
    private static readonly Dictionary<string, string> Symbols = new() { ["EP"] = "ES", ["ENQ"] = "NQ" };

    private JsonElement Account => root.GetProperty("accounts")[0];

    public IReadOnlyList<VenueOrderRow> Orders => [.. Account.GetProperty("orders").EnumerateArray().Select(row => VenueOrderRow.Of(row.GetProperty("order")))];

    public IReadOnlyList<VenueOrderRow> Open => [.. Orders.Where(order => order.IsOpen)];

    /// <summary>Signed units by symbol; none where flat.</summary>
    public IReadOnlyDictionary<string, decimal> Positions => Account.GetProperty("positions").EnumerateArray()
        .ToDictionary(row => SymbolOf(row), row => (row.GetProperty("type").GetInt32() == 1 ? 1 : -1) * row.GetProperty("size").GetDecimal());

    public int Trades => Account.GetProperty("trades").GetArrayLength();

    /// <summary>Of the venue's market.</summary>
    public DateTimeOffset Time => root.GetProperty("market").GetDateTimeOffset();

    /// <summary>Quantities above 0.</summary>
    public IReadOnlyList<(long Id, decimal Quantity)> Executions => [.. Account.GetProperty("trades").EnumerateArray().Select(row => (row.GetProperty("id").GetInt64(), row.GetProperty("size").GetDecimal()))];

    /// <summary>Positions, open orders and the latest ones, for a message.</summary>
    public string Latest => $"positions {string.Join(", ", Positions.Select(held => $"{held.Value} {held.Key}"))}\n{string.Join('\n', Open.Concat(Orders.TakeLast(12)))}";

    /// <summary>The tags of all commands to place an order that ever reached the venue.</summary>
    public IEnumerable<string> Placed => root.GetProperty("commands").EnumerateArray()
        .Where(command => command.GetProperty("path").GetString() == "Order/place")
        .Select(command => command.GetProperty("customTag").GetString() ?? "");

    internal static string SymbolOf(JsonElement row) => Symbols[row.GetProperty("contractId").GetString()!.Split('.')[3]];
}

/// <summary>An order at the venue.</summary>
/// <param name="IsStop">It protects.</param>
public sealed record VenueOrderRow(string Id, string Symbol, string? Tag, bool IsOpen, bool IsStop, decimal Signed, decimal Filled)
{
    private const int Stop = 4;

    public static VenueOrderRow Of(JsonElement row)
    {
        decimal size = row.GetProperty("size").GetDecimal();
        return new(
            row.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture), Truth.SymbolOf(row), row.TryGetProperty("customTag", out JsonElement tag) ? tag.GetString() : null,
            row.GetProperty("status").GetInt32() is 1 or 6 or 7 or 8, row.GetProperty("type").GetInt32() == Stop,
            row.GetProperty("side").GetInt32() == 0 ? size : -size, row.GetProperty("fillVolume").GetDecimal());
    }
}
