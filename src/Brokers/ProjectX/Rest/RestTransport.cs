using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>One POST: within the budget, before the deadline, and every way in which it can go wrong told apart. Tries once.</summary>
internal sealed class RestTransport : IDisposable
{
    private const int LargestReplyBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly TimeSpan _deadline;
    private readonly BudgetOptions _patience;
    private readonly RequestBudget _historyBudget;
    private readonly RequestBudget _budget;
    private readonly FeedMetrics _metrics;

    /// <param name="handler">Carries requests to the gateway; null for the network.</param>
    public RestTransport(ProjectXOptions options, FeedMetrics metrics, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _time = time;
        _metrics = metrics;
        _deadline = options.RequestTimeout;
        _patience = options.Budget;
        _historyBudget = new(BudgetLimit.History, options.Budget.Shares, time);
        _budget = new(BudgetLimit.Other, options.Budget.Shares, time);
        metrics.ObserveBudget(() => Requests);
        _http = new(handler ?? Sockets(options)) { BaseAddress = options.Url, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestReplyBytes };
    }

    /// <summary>How much of the gateway's limits is used.</summary>
    public IReadOnlyList<RequestUse> Requests => [_historyBudget.Use, _budget.Use];

    /// <param name="token">Null for the login.</param>
    public async Task<RestResult<TReply>> PostAsync<TReply>(RestCall call, JsonTypeInfo<TReply> replyType, Secret? token, CancellationToken cancel)
        where TReply : Envelope
    {
        RequestBudget budget = call.Endpoint.IsHistory ? _historyBudget : _budget;
        if (!await budget.TakeAsync(call.Lane, _patience.Of(call.Lane), cancel))
            return Failed<TReply>(RestFailureKind.NotSent, call.Endpoint, "was not asked, because the gateway's request limit is used up for now");
        call.Leaving?.Invoke();
        _metrics.RestAsked();
        long start = _time.GetTimestamp();
        RestFailureKind? outcome = RestFailureKind.Canceled;
        try
        {
            RestResult<TReply> result = await SendAsync(call, replyType, token, cancel);
            outcome = result.Failure?.Kind;
            if (result.Failure is { Kind: RestFailureKind.RateLimited } limited) budget.Refused(limited.RetryAfter);
            else budget.Passed();
            return result;
        }
        finally
        {
            _metrics.RestAnswered(call.Endpoint.Path, outcome, _time.GetElapsedTime(start));
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _historyBudget.Dispose();
        _budget.Dispose();
    }

    private async Task<RestResult<TReply>> SendAsync<TReply>(RestCall call, JsonTypeInfo<TReply> replyType, Secret? token, CancellationToken cancel)
        where TReply : Envelope
    {
        Endpoint endpoint = call.Endpoint;
        using var deadline = new CancellationTokenSource(_deadline, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        try
        {
            using HttpRequestMessage request = Request(endpoint, call.Body, token);
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            await response.Content.LoadIntoBufferAsync(LargestReplyBytes, both.Token);
            byte[] content = await response.Content.ReadAsByteArrayAsync(both.Token);
            return Read(endpoint, response, content, replyType);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failed<TReply>(RestFailureKind.TimedOut, endpoint, $"did not answer within {_deadline.TotalSeconds:0.#} s");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return HasConnected(fault)
                ? Failed<TReply>(RestFailureKind.Interrupted, endpoint, $"broke off before it answered ({Innermost(fault)})")
                : Failed<TReply>(RestFailureKind.Unreachable, endpoint, $"cannot be reached ({Innermost(fault)})");
        }
    }

    private static SocketsHttpHandler Sockets(ProjectXOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = options.RequestTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };

    private static bool HasConnected(Exception fault) => fault is not HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
    };

    private static HttpRequestMessage Request(Endpoint endpoint, byte[] body, Secret? token)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Path) { Content = content };
        request.Headers.Accept.Add(new("application/json"));
        if (token is not null) request.Headers.Authorization = new("Bearer", token.Reveal());
        return request;
    }

    private RestResult<TReply> Read<TReply>(Endpoint endpoint, HttpResponseMessage response, byte[] content, JsonTypeInfo<TReply> replyType) where TReply : Envelope
    {
        int status = (int)response.StatusCode;
        string said = $"answered {status} {response.StatusCode}";
        switch (response.StatusCode)
        {
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return Failed<TReply>(RestFailureKind.Unauthorized, endpoint, said);
            case HttpStatusCode.TooManyRequests:
                return Failed<TReply>(RestFailureKind.RateLimited, endpoint, said, RetryAfter(response.Headers.RetryAfter));
            case HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError:
                return Failed<TReply>(RestFailureKind.Unavailable, endpoint, said, RetryAfter(response.Headers.RetryAfter));
            case >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest:
                return Failed<TReply>(RestFailureKind.NotJson, endpoint, said + ", a redirect");
        }
        if (IsPage(content)) return Failed<TReply>(RestFailureKind.NotJson, endpoint, said + " with a web page instead of JSON");
        if (status >= 400) return new(new RestFailure(RestFailureKind.Unreadable, $"{Name(endpoint)} {said}.", IsUnknownPath: status is 400 or 404 or 405));
        return Parse(endpoint, content, replyType);
    }

    private RestResult<TReply> Parse<TReply>(Endpoint endpoint, byte[] content, JsonTypeInfo<TReply> replyType) where TReply : Envelope
    {
        TReply? reply;
        try
        {
            reply = JsonSerializer.Deserialize(WithoutMark(content), replyType);
        }
        catch (JsonException fault)
        {
            return Failed<TReply>(RestFailureKind.Unreadable, endpoint, $"answered {content.Length} bytes that are not its reply (byte {fault.BytePositionInLine}, at {fault.Path})");
        }
        if (reply is null) return Failed<TReply>(RestFailureKind.Unreadable, endpoint, "answered null");
        if (reply.IsSuccess) return new(reply);
        string words = string.IsNullOrWhiteSpace(reply.ErrorMessage) ? "" : $": {reply.ErrorMessage}";
        return new(new RestFailure(RestFailureKind.Refused, $"{Name(endpoint)} refused with {endpoint.ErrorName(reply.ErrorCode)}{words}.", reply.ErrorCode, Reply: reply));
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        TimeSpan? pause = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        if (pause is not { } wait) return null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestPause ? LongestPause : wait;
    }

    private RestResult<TReply> Failed<TReply>(RestFailureKind kind, Endpoint endpoint, string what, TimeSpan? retryAfter = null) where TReply : Envelope =>
        new(new RestFailure(kind, $"{Name(endpoint)} {what}.", RetryAfter: retryAfter));

    private string Name(Endpoint endpoint) => new Uri(_http.BaseAddress!, endpoint.Path).ToString();

    private static ReadOnlySpan<byte> WithoutMark(byte[] content) => content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsSpan(3) : content;

    private static bool IsPage(byte[] content)
    {
        int first = WithoutMark(content).IndexOfAnyExcept(" \t\r\n"u8);
        return first >= 0 && WithoutMark(content)[first] == '<';
    }

    private static string Innermost(Exception fault)
    {
        while (fault.InnerException is { } inner) fault = inner;
        return fault.Message.TrimEnd('.');
    }
}
