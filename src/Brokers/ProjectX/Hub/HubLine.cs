using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>
/// One connection to a hub at a time, made anew for ever: the waits between attempts grow, each attempt asks for a token, and a session that
/// the gateway ended gets a new one.
/// </summary>
/// <param name="name">For people: <c>Market hub</c>.</param>
/// <param name="make">Makes the next connection.</param>
internal sealed class HubLine(string name, Func<IHub> make, TokenSession session, ProjectXOptions options, Chance chance, TimeProvider time, ILogger log)
{
    private const int RefusalsBelieved = 3;

    private readonly ReconnectDelay _delay = new(options.Hub, chance);
    private volatile TaskCompletionSource<string> _end = new();
    private volatile Link? _link;
    private volatile string _state = "connecting";
    private volatile bool _isLoggedOut;
    private Secret? _token;
    private int _refusals;

    private sealed record Link(IHub Hub, CancellationToken Scope);

    public bool IsConnected => _link is not null;

    public string State => _state;

    /// <summary>The connection there is; null while there is none.</summary>
    public IHub? Hub => _link?.Hub;

    /// <summary>Ends with the connection there is now; canceled at once where there is none.</summary>
    public CancellationToken Scope => _link?.Scope ?? new CancellationToken(canceled: true);

    /// <summary>Called with each new connection and a token that ends with it; must return at once.</summary>
    public required Action<IHub, CancellationToken> Connected { get; init; }

    /// <summary>Called with the reason after each attempt that failed, and after the end of each connection.</summary>
    public required Action<string> Lost { get; init; }

    /// <summary>Runs until canceled.</summary>
    /// <exception cref="Live.FeedException">The gateway refuses user and key again and again.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            TimeSpan wait = _delay.Next();
            if (_isLoggedOut && wait < options.Hub.LogoutDelay) wait = options.Hub.LogoutDelay;
            await Task.Delay(wait, time, cancel).ConfigureAwait(false);
            string reason = (await ConnectAsync(cancel).ConfigureAwait(false)).TrimEnd('.');
            _state = "connecting again: " + reason;
            log.LogWarning("{Name}: {Reason}. Connecting again.", name, reason);
            Lost(reason);
        }
    }

    /// <summary>Gives the connection up; a new one follows.</summary>
    public void Reconnect(string reason) => _end.TrySetResult(reason);

    /// <summary>The gateway ended the session: the next connection comes later and with another token.</summary>
    public void LogOut()
    {
        _isLoggedOut = true;
        Reconnect("the gateway ended the session, perhaps because another program uses the same login");
    }

    /// <summary>Why the connection ended or could not be made.</summary>
    private async Task<string> ConnectAsync(CancellationToken cancel)
    {
        if (_isLoggedOut && _token is { } ended) await session.ReplaceAsync(ended, cancel).ConfigureAwait(false);
        _isLoggedOut = false;
        RestResult<Secret> token = await session.TokenAsync(cancel).ConfigureAwait(false);
        if (token.Failure is { } failure) return Refused(failure);
        _refusals = 0;
        _token = token.Value;
        _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IHub hub = make();
        await using (hub.ConfigureAwait(false))
        {
            try
            {
                await hub.ConnectAsync(token.Value, cancel).ConfigureAwait(false);
            }
            catch (HubException fault)
            {
                if (fault.IsUnauthorized) await session.ReplaceAsync(token.Value, cancel).ConfigureAwait(false);
                return fault.Message;
            }
            return await StayAsync(hub, cancel).ConfigureAwait(false);
        }
    }

    private async Task<string> StayAsync(IHub hub, CancellationToken cancel)
    {
        long start = time.GetTimestamp();
        using var scope = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _link = new(hub, scope.Token);
        _state = "connected";
        try
        {
            Connected(hub, scope.Token);
            return await (await Task.WhenAny(hub.Closed, _end.Task).WaitAsync(cancel).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            _link = null;
            await scope.CancelAsync().ConfigureAwait(false);
            _delay.Lived(time.GetElapsedTime(start));
        }
    }

    /// <summary>A gateway in trouble may refuse a good key once; a key that is refused again and again is none.</summary>
    private string Refused(RestFailure failure)
    {
        _refusals = LoginRefusal.IsFinal(failure) ? _refusals + 1 : 0;
        return _refusals < RefusalsBelieved ? failure.Sentence : throw LoginRefusal.Explain(failure, isLogin: true, options);
    }
}
