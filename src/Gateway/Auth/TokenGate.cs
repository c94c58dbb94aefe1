using Microsoft.AspNetCore.Http;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Auth;

/// <summary>Lets nothing past without a living token where the endpoint needs one: from the header or, for the hubs only, from the query.</summary>
internal sealed class TokenGate(TokenIssuer tokens)
{
    private const string Scheme = "Bearer ";

    public Task Check(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<TokenNeeded>() is null || tokens.UserOf(TokenOf(http)) is not null) return next(http);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    public static string? TokenOf(HttpContext http)
    {
        string? header = http.Request.Headers.Authorization;
        if (header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return header[Scheme.Length..].Trim();
        bool isHub = http.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
        return isHub && http.Request.Query["access_token"] is { Count: 1 } query ? query[0] : null;
    }
}
