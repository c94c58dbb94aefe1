using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Tradewind.Gateway.Rest;

/// <summary>
/// Sliding windows per client address: a request passes when fewer than the limit passed within the window before it. Refused
/// requests are not counted. Whether the original's windows slide or are fixed, and whether they are per token, user or address, is not known.
/// </summary>
internal sealed class RateLimiter(GatewayOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(IPAddress Client, RateLimit Limit), Window> _windows = new();
    private long _refused;

    public long Refused => Interlocked.Read(ref _refused);

    public Task Check(HttpContext http, RequestDelegate next)
    {
        if (!options.RateLimits || http.GetEndpoint()?.Metadata.GetMetadata<RateLimit>() is not { } limit) return next(http);
        IPAddress client = http.Connection.RemoteIpAddress ?? IPAddress.None;
        TimeSpan wait = _windows.GetOrAdd((client, limit), static key => new Window(key.Limit)).TryPass(time);
        if (wait <= TimeSpan.Zero) return next(http);
        Interlocked.Increment(ref _refused);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        if (options.RetryAfterHeader) http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    private sealed class Window(RateLimit limit)
    {
        private readonly Queue<long> _passed = new(limit.Requests);

        /// <summary>Zero when the request passes, otherwise how long until one would.</summary>
        public TimeSpan TryPass(TimeProvider time)
        {
            lock (_passed)
            {
                long now = time.GetTimestamp();
                while (_passed.TryPeek(out long first) && time.GetElapsedTime(first, now) >= limit.Per) _passed.Dequeue();
                if (_passed.Count >= limit.Requests) return limit.Per - time.GetElapsedTime(_passed.Peek(), now);
                _passed.Enqueue(now);
                return TimeSpan.Zero;
            }
        }
    }
}
