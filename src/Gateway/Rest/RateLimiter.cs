using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Tradewind.Gateway.Auth;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Rest;

/// <summary>
/// Sliding windows per client address: a request passes when fewer than the limit passed within the window before it. Refused
/// requests are not counted. Whether the original's windows slide or are fixed, and whether they are per token, user or address, is not known: quirks.
/// </summary>
internal sealed class RateLimiter(GatewayOptions options, QuirkSet quirks, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Client, RateLimit Limit), Window> _windows = new();
    private long _refused;

    public long Refused => Interlocked.Read(ref _refused);

    public Task Check(HttpContext http, RequestDelegate next)
    {
        if (!options.RateLimits || http.GetEndpoint()?.Metadata.GetMetadata<RateLimit>() is not { } limit) return next(http);
        TimeSpan wait = _windows.GetOrAdd((ClientOf(http), limit), static key => new Window(key.Limit)).TryPass(time, quirks.Has(Quirk.FixedWindows));
        if (wait <= TimeSpan.Zero) return next(http);
        Interlocked.Increment(ref _refused);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        if (quirks.Has(Quirk.RetryAfter)) http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    private string ClientOf(HttpContext http) =>
        (quirks.Has(Quirk.LimitsPerToken) ? TokenGate.TokenOf(http) : null) ?? (http.Connection.RemoteIpAddress ?? IPAddress.None).ToString();

    private sealed class Window(RateLimit limit)
    {
        private readonly Queue<long> _passed = new(limit.Requests);

        /// <summary>Zero when the request passes, otherwise how long until one would.</summary>
        public TimeSpan TryPass(TimeProvider time, bool isFixed)
        {
            lock (_passed)
            {
                long now = time.GetTimestamp();
                long length = (long)(limit.Per.TotalSeconds * time.TimestampFrequency);
                long begin = isFixed ? now - now % length : now - length + 1;
                while (_passed.TryPeek(out long first) && first < begin) _passed.Dequeue();
                if (_passed.Count >= limit.Requests) return time.GetElapsedTime(now, (isFixed ? begin : _passed.Peek()) + length);
                _passed.Enqueue(now);
                return TimeSpan.Zero;
            }
        }
    }
}
