using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Tradewind.Brokers.ProjectX.Login;

/// <summary>How long a token lives, from its own claims.</summary>
internal static class TokenLifetime
{
    /// <summary>Taken for a token that does not tell, or that our clock believes expired although it was just issued.</summary>
    public static readonly TimeSpan Assumed = TimeSpan.FromHours(1);

    /// <summary>
    /// Time from now to expiry: the shorter of <c>exp</c> against our clock and <c>exp - iat</c>, so that neither a clock that is behind
    /// nor a renewed token with its first <c>iat</c> makes it too long; <c>exp - iat</c> alone where our clock thinks it expired.
    /// Null when the token does not tell. Both claims are seconds since 1970 (RFC 7519, section 4.1).
    /// </summary>
    public static TimeSpan? Read(Secret token, DateTimeOffset now)
    {
        if (Claims(token.Reveal()) is not { } claims) return null;
        using (claims)
        {
            if (Seconds(claims, "exp") is not { } expires) return null;
            double byClock = expires - now.ToUnixTimeMilliseconds() / 1000.0;
            double byIssue = expires - Seconds(claims, "iat") ?? byClock;
            double seconds = byClock > 0 ? Math.Min(byClock, byIssue) : byIssue;
            return seconds is > 0 and < 315_360_000 ? TimeSpan.FromSeconds(seconds) : null;
        }
    }

    private static JsonDocument? Claims(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3) return null;
        try
        {
            var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            if (claims.RootElement.ValueKind == JsonValueKind.Object) return claims;
            claims.Dispose();
            return null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static double? Seconds(JsonDocument claims, string name) =>
        claims.RootElement.TryGetProperty(name, out JsonElement claim) && claim.ValueKind == JsonValueKind.Number && claim.TryGetDouble(out double seconds) ? seconds : null;
}
