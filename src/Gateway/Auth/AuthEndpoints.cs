using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Auth;

internal static class AuthEndpoints
{
    private const int UserNotFound = 1;
    private const int InvalidCredentials = 3;
    private const int InvalidSession = 1;

    private sealed record LoginRequest(string UserName, string ApiKey);

    private sealed record LoginReply(string? Token) : Reply;

    private sealed record ValidateReply(string? NewToken) : Reply;

    public static void MapAuth(this IEndpointRouteBuilder routes, GatewayOptions options, TokenIssuer tokens)
    {
        routes.MapPost("/api/Auth/loginKey", (HttpContext http) => Body.Handle<LoginRequest>(http, request => LogIn(request, options, tokens))).Limited(RateLimit.General);
        routes.MapPost("/api/Auth/validate", (HttpContext http) => Body.Write(http, Rotate(http, tokens))).Limited(RateLimit.General).NeedsToken();
        routes.MapPost("/api/Auth/logout", (HttpContext http) => Body.Write(http, LogOut(http, tokens))).Limited(RateLimit.General).NeedsToken();
        routes.MapGet("/api/Status/ping", () => "pong").Limited(RateLimit.General);
    }

    private static LoginReply LogIn(LoginRequest request, GatewayOptions options, TokenIssuer tokens)
    {
        if (!request.UserName.Equals(options.UserName, StringComparison.OrdinalIgnoreCase)) return new(Token: null) { ErrorCode = UserNotFound };
        bool isKey = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.ApiKey), Encoding.UTF8.GetBytes(options.ApiKey));
        return isKey ? new(tokens.Issue(options.UserName)) : new LoginReply(Token: null) { ErrorCode = InvalidCredentials };
    }

    private static ValidateReply Rotate(HttpContext http, TokenIssuer tokens) =>
        tokens.UserOf(TokenGate.TokenOf(http)) is { } user ? new(tokens.Issue(user)) : new ValidateReply(NewToken: null) { ErrorCode = InvalidSession };

    private static Reply LogOut(HttpContext http, TokenIssuer tokens) =>
        tokens.End(TokenGate.TokenOf(http)) ? Reply.Done : new() { ErrorCode = InvalidSession };
}
