using System.Net.Http.Json;
using System.Text.Json;
using Tradewind.Live;

namespace Tradewind.App.Running.Checking;

/// <summary>Asks a gateway simulator what really is, and lets it change what happens there.</summary>
internal sealed class SimulatorHand(Uri simulator) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = simulator, Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Switches all faults off.</summary>
    /// <returns>How often each struck until then.</returns>
    /// <exception cref="FeedException">It does not answer as a simulator does.</exception>
    public Task<IReadOnlyDictionary<string, int>> HealAsync(CancellationToken cancel) => AskAsync<IReadOnlyDictionary<string, int>>(async () =>
    {
        JsonElement faults = await _http.GetFromJsonAsync<JsonElement>(At("faults"), cancel).ConfigureAwait(false);
        using HttpResponseMessage answer = await _http.DeleteAsync(At("faults"), cancel).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        return faults.EnumerateArray().GroupBy(fault => fault.GetProperty("fault").GetString()!).ToDictionary(kind => kind.Key, kind => kind.Sum(fault => fault.GetProperty("struck").GetInt32()));
    });

    /// <summary>Halts the market: nothing fills any more.</summary>
    /// <exception cref="FeedException">It does not answer as a simulator does.</exception>
    public Task HaltAsync(CancellationToken cancel) => AskAsync(async () =>
    {
        using HttpResponseMessage answer = await _http.PostAsync(At("pause"), null, cancel).ConfigureAwait(false);
        return answer.EnsureSuccessStatusCode().StatusCode;
    });

    /// <exception cref="FeedException">It does not answer as a simulator does.</exception>
    public Task<SimulatorTruth> TruthAsync(long account, CancellationToken cancel) => AskAsync(async () =>
        SimulatorTruth.Of(await _http.GetFromJsonAsync<JsonElement>(At($"truth?account={account}"), cancel).ConfigureAwait(false)));

    public void Dispose() => _http.Dispose();

    private static Uri At(string path) => new($"control/{path}", UriKind.Relative);

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FeedException($"{_http.BaseAddress} does not tell what really is ({fault.Message.TrimEnd('.')}); a check needs a simulator: the built-in one, or one that tradewind simulator started.");
        }
    }
}
