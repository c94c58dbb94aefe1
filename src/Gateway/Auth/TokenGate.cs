using Microsoft.AspNetCore.Http;
using Tradewind.Gateway.Quirks;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Auth;

/// <summary>Lets nothing past without a living token where the endpoint needs one: from the header or, for the hubs only, from the query.</summary>
internal sealed class TokenGate(TokenIssuer tokens, QuirkSet quirks)
{
    private const string Scheme = "Bearer ";

    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    public Task Check(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<TokenNeeded>() is null || UserOf(http) is not null) return next(http);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    /// <summary>Whose token a request carries, if it is good for that request.</summary>
    public string? UserOf(HttpContext http)
    {
        bool isValidate = http.Request.Path.Value!.EndsWith("/validate", StringComparison.OrdinalIgnoreCase);
        string? token = IsHub(http) && quirks.Has(Quirk.HubTokenInQuery) ? FromQuery(http) : TokenOf(http);
        return tokens.UserOf(token, isValidate && quirks.Has(Quirk.RevalidatesExpired) ? Grace : TimeSpan.Zero);
    }

    public static string? TokenOf(HttpContext http)
    {
        string? header = http.Request.Headers.Authorization;
        if (header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return header[Scheme.Length..].Trim();
        return IsHub(http) ? FromQuery(http) : null;
    }

    private static bool IsHub(HttpContext http) => http.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);

    private static string? FromQuery(HttpContext http) => http.Request.Query["access_token"] is { Count: 1 } query ? query[0] : null;
}
