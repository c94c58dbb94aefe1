using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tradewind.App.Running;
using Tradewind.Live;
using Tradewind.Server;

namespace Tradewind.App.Commands.Operating;

/// <summary>Talks to a running session through its API.</summary>
/// <param name="token">Null where it is only looked at.</param>
/// <param name="folder">The data folder, as the user named it.</param>
internal sealed class SessionClient(Uri address, string? token, string folder) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new() { Timeout = Limit };

    public void Dispose() => _http.Dispose();

    /// <summary>The status as the API gives it.</summary>
    /// <exception cref="SessionException">No session answers.</exception>
    public string ReadText() => Try(() => _http.GetStringAsync(Path("api/v1/status")));

    /// <exception cref="SessionException">No session answers.</exception>
    public StatusReport Read() => Try(() => _http.GetFromJsonAsync<StatusReport>(Path("api/v1/status"), WireFormat.Options))!;

    /// <exception cref="SessionException">No session answers, or it is not the one whose token this is.</exception>
    public OperatorAnswer Command(string path) => Try(() => CommandAsync(path));

    private async Task<OperatorAnswer> CommandAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage reply = await _http.SendAsync(request).ConfigureAwait(false);
        if (reply.StatusCode == HttpStatusCode.Unauthorized) throw new SessionException($"The session at {address} is another one than {System.IO.Path.Combine(folder, ControlFile.Name)} is of; name its folder with --data-dir.");
        return (await reply.Content.ReadFromJsonAsync<OperatorAnswer>(WireFormat.Options).ConfigureAwait(false))!;
    }

    private Uri Path(string path) => new(address, path);

    private T Try<T>(Func<Task<T>> step)
    {
        try
        {
            return step().GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or JsonException)
        {
            throw new SessionException($"No engine answers at {address.OriginalString} ({failure.Message.TrimEnd('.')}); start one with \"tradewind run\", or name its address with --url.");
        }
    }
}
