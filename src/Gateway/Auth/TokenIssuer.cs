using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tradewind.Gateway.Auth;

/// <summary>Makes and checks JSON web tokens (RFC 7519, HS256). The key is random per process: a restart ends all sessions.</summary>
/// <remarks>A new token ends no older one. Expiry is exact to the second; no clock skew is granted.</remarks>
internal sealed class TokenIssuer(TimeSpan lifetime, TimeProvider time)
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, long> _ended = new();
    private long _sessions;
    private long _endedBefore;

    private sealed record Claims(string Sub, string Sid, long Nbf, long Exp);

    public string Issue(string user)
    {
        DateTimeOffset now = time.GetUtcNow();
        string session = Interlocked.Increment(ref _sessions).ToString(CultureInfo.InvariantCulture);
        var claims = new Claims(user, session, now.ToUnixTimeSeconds(), (now + lifetime).ToUnixTimeSeconds());
        string signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, JsonSerializerOptions.Web))}";
        return $"{signed}.{Sign(signed)}";
    }

    /// <summary>The user of a token that this process signed, that has not expired and was not ended; otherwise null.</summary>
    /// <param name="grace">How long after its expiry it still counts.</param>
    public string? UserOf(string? token, TimeSpan grace = default) => Read(token, grace) is { } claims && !HasEnded(claims) ? claims.Sub : null;

    /// <summary>Ends all tokens that were issued so far.</summary>
    public void EndAll() => Interlocked.Exchange(ref _endedBefore, Interlocked.Read(ref _sessions) + 1);

    /// <summary>Ends one token for good; false when it was not alive.</summary>
    public bool End(string? token)
    {
        foreach ((string session, long expiry) in _ended)
        {
            if (expiry <= time.GetUtcNow().ToUnixTimeSeconds()) _ended.TryRemove(session, out _);
        }
        return Read(token) is { } claims && _ended.TryAdd(claims.Sid, claims.Exp);
    }

    private bool HasEnded(Claims claims) => _ended.ContainsKey(claims.Sid) || long.Parse(claims.Sid, CultureInfo.InvariantCulture) < Interlocked.Read(ref _endedBefore);

    private Claims? Read(string? token, TimeSpan grace = default)
    {
        if (token?.Split('.') is not [var header, var payload, var signature] || header != Header) return null;
        byte[] expected = Encoding.ASCII.GetBytes(Sign($"{header}.{payload}"));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature))) return null;
        Claims? claims = JsonSerializer.Deserialize<Claims>(Base64Url.DecodeFromChars(payload), JsonSerializerOptions.Web);
        return claims is not null && time.GetUtcNow().ToUnixTimeSeconds() < claims.Exp + (long)grace.TotalSeconds ? claims : null;
    }

    private string Sign(string signed) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(signed)));
}
