using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.ProjectX.Login;

/// <summary>
/// The one token of all calls and hubs. Renewed well before it expires, by <c>Auth/validate</c> or, when that fails, by a new login.
/// One renewal runs at a time and everybody waits for the same one; the lock is never held across the network.
/// </summary>
internal sealed class TokenSession(RestTransport transport, ProjectXOptions options, TimeProvider time, Chance chance, ILogger log)
{
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryRenewal = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Token? _current;
    private Task<RestResult<Secret>>? _renewal;

    /// <summary>A renewal is due or on its way.</summary>
    public bool IsDue
    {
        get
        {
            lock (_gate) return _renewal is not null || (_current is { } token && time.GetUtcNow() >= token.Renew);
        }
    }

    private sealed record Token(Secret Value, DateTimeOffset Received, DateTimeOffset Renew, DateTimeOffset Expires);

    /// <summary>A token that is valid now; starts a renewal on the way when one is due.</summary>
    public Task<RestResult<Secret>> TokenAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_current is { } token && now < token.Expires - Reserve)
            {
                if (now >= token.Renew) Renewal(token);
                return Task.FromResult(new RestResult<Secret>(token.Value));
            }
            return Renewal(null).WaitAsync(cancel);
        }
    }

    /// <summary>A token other than the one that the gateway rejected.</summary>
    public Task<RestResult<Secret>> ReplaceAsync(Secret rejected, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_current is { } token && !token.Value.Equals(rejected)) return Task.FromResult(new RestResult<Secret>(token.Value));
            _current = null;
            return Renewal(null).WaitAsync(cancel);
        }
    }

    /// <summary>Renews in time, also when nobody asks for a token. Runs until canceled.</summary>
    public async Task KeepFreshAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(UntilRenewal(), time, cancel);
            Task<RestResult<Secret>> renewal;
            lock (_gate)
            {
                // Whoever asked for a token at the same moment may have renewed it already.
                if (_current is { } token && time.GetUtcNow() < token.Renew) continue;
                renewal = Renewal(_current);
            }
            await renewal.WaitAsync(cancel);
        }
    }

    private TimeSpan UntilRenewal()
    {
        lock (_gate)
        {
            if (_current is not { } token) return RetryRenewal;
            TimeSpan wait = token.Renew - time.GetUtcNow();
            return wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1);
        }
    }

    private Task<RestResult<Secret>> Renewal(Token? toValidate) => _renewal ??= Turns.Run(() => RenewAsync(toValidate));

    private async Task<RestResult<Secret>> RenewAsync(Token? toValidate)
    {
        try
        {
            RestResult<Secret>? validated = toValidate is null ? null : await ValidateAsync(toValidate);
            return validated ?? await LoginAsync(toValidate);
        }
        finally
        {
            lock (_gate) _renewal = null;
        }
    }

    /// <summary>Null when the gateway gave no token and the old one will not last: a login is needed.</summary>
    private async Task<RestResult<Secret>?> ValidateAsync(Token old)
    {
        RestResult<ValidateReply> reply = await transport.PostAsync(new(Endpoint.Validate, [], RestLane.Protection), WireJson.Default.ValidateReply, old.Value, CancellationToken.None);
        if (reply.Failure is { } failure)
        {
            log.LogWarning("The token could not be renewed: {Reason} Logging in anew.", failure.Sentence);
            return null;
        }
        if (reply.Value.NewToken is { IsEmpty: false } fresh && !fresh.Equals(old.Value)) return Keep(fresh);
        TimeSpan left = old.Expires - time.GetUtcNow();
        if (left < (old.Expires - old.Received) * 0.1) return null;
        lock (_gate) _current = old with { Renew = time.GetUtcNow() + left / 2 };
        return new(old.Value);
    }

    private async Task<RestResult<Secret>> LoginAsync(Token? old)
    {
        var request = new LoginRequest { UserName = options.UserName, ApiKey = options.ApiKey.Reveal() };
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Default.LoginRequest);
        RestResult<LoginReply> reply = await transport.PostAsync(new(Endpoint.Login, body, RestLane.Protection), WireJson.Default.LoginReply, null, CancellationToken.None);
        RestFailure? failure = reply.Failure ?? (reply.Value.Token is { IsEmpty: false } ? null : NoToken);
        if (failure is null) return Keep(reply.Value.Token!);
        if (old is not null) Postpone(old);
        return new(failure);
    }

    private static RestFailure NoToken { get; } = new(RestFailureKind.Unreadable, "The login succeeded without a token.");

    private RestResult<Secret> Keep(Secret value)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan? told = TokenLifetime.Read(value, now);
        if (told is null) log.LogWarning("The token does not tell how long it lives, or this computer's clock is wrong; taking {Lifetime} for it.", TokenLifetime.Assumed);
        TimeSpan lifetime = told ?? TokenLifetime.Assumed;
        double share = 0.75 + 0.1 * chance.Next();
        lock (_gate) _current = new(value, now, now + lifetime * share, now + lifetime);
        return new(value);
    }

    private void Postpone(Token old)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_current, old)) _current = old with { Renew = time.GetUtcNow() + RetryRenewal };
        }
    }
}
