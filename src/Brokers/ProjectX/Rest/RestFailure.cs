namespace Tradewind.Brokers.ProjectX.Rest;

internal enum RestFailureKind
{
    /// <summary>The gateway understood and said no: <c>success: false</c> with HTTP 200.</summary>
    Refused = 0,

    /// <summary>401 or 403: the token is missing, expired or revoked.</summary>
    Unauthorized = 1,

    /// <summary>429.</summary>
    RateLimited = 2,

    /// <summary>5xx and 408: the gateway or something before it is down.</summary>
    Unavailable = 3,

    /// <summary>No connection came about: refused, unknown host, TLS. Nothing was sent.</summary>
    Unreachable = 4,

    /// <summary>No answer within the deadline.</summary>
    TimedOut = 5,

    /// <summary>A web page or a redirect: a proxy, a captive portal or a wrong address answered.</summary>
    NotJson = 6,

    /// <summary>JSON that is not the reply, or another 4xx.</summary>
    Unreadable = 7,

    /// <summary>We ended it ourselves; only metrics know this kind.</summary>
    Canceled = 8,

    /// <summary>The connection ended after the call may have been sent and before its answer came.</summary>
    Interrupted = 9,

    /// <summary>Our own share of the gateway's request limit is used up, and waiting would have taken too long. Nothing was sent.</summary>
    NotSent = 10,
}

/// <summary>Why a call has no value.</summary>
/// <param name="Sentence">What was called and what came back, for people; holds no secret.</param>
/// <param name="Code">The endpoint's own error code when the gateway refused.</param>
/// <param name="RetryAfter">The wait that the gateway asked for.</param>
/// <param name="Reply">What the gateway said when it refused.</param>
/// <param name="IsUnknownPath">400, 404 or 405: this gateway does not have the endpoint, or not in this form.</param>
internal sealed record RestFailure(
    RestFailureKind Kind, string Sentence, int Code = 0, TimeSpan? RetryAfter = null, Envelope? Reply = null, bool IsUnknownPath = false)
{
    /// <summary>The same call may succeed later; only a read may be repeated.</summary>
    public bool IsTransient => Kind is RestFailureKind.RateLimited or RestFailureKind.Unavailable or RestFailureKind.Unreachable or RestFailureKind.Interrupted
        or RestFailureKind.TimedOut or RestFailureKind.NotJson;
}

internal interface IRestResult
{
    RestFailure? Failure { get; }
}

/// <summary>A value or the reason why there is none.</summary>
internal sealed class RestResult<T> : IRestResult where T : class
{
    private readonly T? _value;

    public RestResult(T value) => _value = value;

    public RestResult(RestFailure failure) => Failure = failure;

    public RestFailure? Failure { get; }

    public bool IsSuccess => Failure is null;

    /// <exception cref="InvalidOperationException">There is none; ask <see cref="Failure"/> first.</exception>
    public T Value => _value ?? throw new InvalidOperationException(Failure!.Sentence);
}
