using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Quirks;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Auth;

/// <summary>Logins and what becomes of their tokens.</summary>
internal sealed class AuthEndpoints(GatewayOptions options, TokenIssuer tokens, TokenGate gate, OutboxRegistry outboxes, QuirkSet quirks)
{
    private const int UserNotFound = 1;
    public const int InvalidCredentials = 3;
    public const int InvalidSession = 1;

    private sealed record LoginRequest(string UserName, string ApiKey);

    private sealed record LoginReply(string? Token) : Reply;

    private sealed record ValidateReply(string? NewToken) : Reply;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/Auth/loginKey", (HttpContext http) => Body.Handle<LoginRequest>(http, LogIn)).Limited(RateLimit.General);
        routes.MapPost("/api/Auth/validate", (HttpContext http) => Body.Write(http, Rotate(http))).Limited(RateLimit.General).NeedsToken();
        routes.MapPost("/api/Auth/logout", (HttpContext http) => Body.Write(http, LogOut(http))).Limited(RateLimit.General).NeedsToken();
        routes.MapGet("/api/Status/ping", () => "pong").Limited(RateLimit.General);
    }

    /// <summary>Somebody else has logged in: all tokens end, and who is connected is told.</summary>
    public void EndSessions()
    {
        tokens.EndAll();
        outboxes.Each(hub: null, outbox => outbox.Close(logsOut: true));
    }

    /// <summary>Logs out the connections whose tokens are not good any more.</summary>
    public void CloseExpired()
    {
        if (quirks.Has(Quirk.ExpiryClosesHubs)) outboxes.Each(hub: null, outbox => { if (tokens.UserOf(outbox.Token) is null) outbox.Close(logsOut: true); });
    }

    private LoginReply LogIn(LoginRequest request)
    {
        if (!request.UserName.Equals(options.UserName, StringComparison.OrdinalIgnoreCase)) return new(Token: null) { ErrorCode = UserNotFound };
        bool isKey = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.ApiKey), Encoding.UTF8.GetBytes(options.ApiKey));
        if (!isKey) return new(Token: null) { ErrorCode = InvalidCredentials };
        if (quirks.Has(Quirk.OneSession)) EndSessions();
        return new(tokens.Issue(options.UserName));
    }

    private ValidateReply Rotate(HttpContext http)
    {
        if (gate.UserOf(http) is not { } user) return new(NewToken: null) { ErrorCode = InvalidSession };
        return new(quirks.Has(Quirk.NoNewToken) ? null : tokens.Issue(user));
    }

    private Reply LogOut(HttpContext http) => tokens.End(TokenGate.TokenOf(http)) ? Reply.Done : new() { ErrorCode = InvalidSession };
}
