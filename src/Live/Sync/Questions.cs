using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>A request that was handed out and not answered.</summary>
/// <param name="Asked">By <see cref="SyncMoment.Now"/>.</param>
/// <param name="Sequence">By <see cref="SyncMoment.Sequence"/>: what was heard later wins over its reply.</param>
/// <param name="Known">The latest execution that the venue had told by then: an answer without it is old.</param>
internal sealed record Flight(SyncRequest Request, Timestamp Asked, long Sequence, Execution Known, KnownOrder? Order, Stranger? Stranger);

/// <summary>What is to be asked, what is asked and not answered, and when what failed is asked again.</summary>
internal sealed class Questions(SyncOptions options, SyncMoment moment, FillLedger ledger, Func<SyncQuery, Timestamp> since)
{
    private const int FailuresToSay = 4;

    private readonly Standing[] _standing = [.. Enumerable.Range(0, (int)SyncQuery.CancelStray + 1).Select(query => new Standing((SyncQuery)query))];
    private readonly List<Flight> _flights = [];
    private readonly List<SyncRequest> _leaving = [];
    private Timestamp _notBefore = Timestamp.MinValue;
    private long _lastId;

    /// <summary>When there is something to do.</summary>
    public Timestamp DueAt { get; private set; } = Timestamp.MaxValue;

    /// <summary>Whether an answer is on its way that will probably come soon.</summary>
    public bool IsAsking(SyncQuery query)
    {
        Standing standing = _standing[(int)query];
        return standing.Flight is { } flight ? moment.Now - flight.Asked < options.ProofSpacing * 2 : standing.IsWanted && standing.At <= moment.Now && moment.Now >= _notBefore;
    }

    /// <summary>Wants a question that covers the whole account to be asked. One wanted already is asked at the earlier time, with the higher priority, and reaches further back.</summary>
    public void Want(SyncQuery query, SyncPriority priority, Timestamp at, Timestamp from = default)
    {
        Standing standing = _standing[(int)query];
        bool isWanted = standing.IsWanted;
        standing.Priority = isWanted && standing.Priority < priority ? standing.Priority : priority;
        standing.At = isWanted && standing.At < at ? standing.At : at;
        if (from != default && (standing.From == default || from < standing.From)) standing.From = from;
        standing.IsWanted = true;
        if (standing.Flight is null && standing.At < DueAt) DueAt = standing.At;
    }

    /// <summary>Hands out a question about one order, unless the venue wants to be left alone.</summary>
    public bool TryAsk(SyncRequest request, KnownOrder? order, Stranger? stranger)
    {
        if (moment.Now < _notBefore) return false;
        Launch(request, order, stranger);
        return true;
    }

    /// <summary>The request that a reply or failure belongs to; null for one that was given up or answered before.</summary>
    public Flight? Land(in SyncRequest request)
    {
        for (int i = 0; i < _flights.Count; i++)
        {
            if (_flights[i].Request.Id != request.Id) continue;
            Flight flight = _flights[i];
            _flights.RemoveAt(i);
            _leaving.RemoveAll(leaving => leaving.Id == flight.Request.Id);
            Standing standing = _standing[(int)flight.Request.Query];
            if (standing.Flight == flight) standing.Flight = null;
            if (standing.IsWanted && standing.At < DueAt) DueAt = standing.At;
            return flight;
        }
        return null;
    }

    /// <summary>Questions of this kind have just failed so often in a row that a person should know.</summary>
    public bool IsToBeSaid(SyncQuery query) => _standing[(int)query].Failures == FailuresToSay;

    public void Answered(Flight flight) => _standing[(int)flight.Request.Query].Failures = 0;

    /// <summary>Waits, longer each time, and asks again.</summary>
    /// <param name="isPressing">Something waits for the answer: the wait stays short.</param>
    /// <returns>The wait.</returns>
    public TimeSpan Failed(Flight flight, TimeSpan? wait, bool isPressing)
    {
        if (wait is { } rest && moment.Now + rest > _notBefore) _notBefore = moment.Now + rest;
        Standing standing = _standing[(int)flight.Request.Query];
        standing.Failures++;
        TimeSpan again = Wait(standing.Failures, isPressing);
        if (flight.Order is null && flight.Stranger is null) Want(flight.Request.Query, flight.Request.Priority, moment.Now + again, flight.Request.Since);
        return again;
    }

    private TimeSpan Wait(int failures, bool isPressing)
    {
        TimeSpan wait = options.RetryWait * Math.Pow(2, Math.Min(Math.Max(failures, 1), 20) - 1);
        TimeSpan most = isPressing && options.ProofSpacing * 2 < options.MaxRetryWait ? options.ProofSpacing * 2 : options.MaxRetryWait;
        return wait < most ? wait : most;
    }

    /// <summary>What was asked before a gap says nothing of what happened in it; waits after failures end.</summary>
    public IReadOnlyList<Flight> GiveUpAll()
    {
        Flight[] flights = [.. _flights];
        _flights.Clear();
        _leaving.Clear();
        foreach (Standing standing in _standing)
        {
            standing.Flight = null;
            standing.Failures = 0;
        }
        return flights;
    }

    /// <summary>Hands out what is due; returns what was asked so long ago that no answer is expected any more.</summary>
    public List<Flight>? Pump()
    {
        DueAt = Timestamp.MaxValue;
        List<Flight>? late = GiveUpLate();
        foreach (Standing standing in _standing)
        {
            if (!standing.IsWanted || standing.Flight is not null) continue;
            Timestamp at = standing.At > _notBefore ? standing.At : _notBefore;
            if (at <= moment.Now) Ask(standing);
            else if (at < DueAt) DueAt = at;
        }
        foreach (Flight flight in _flights)
        {
            if (flight.Asked + options.RequestTimeout < DueAt) DueAt = flight.Asked + options.RequestTimeout;
        }
        return late;
    }

    public bool TryTake(out SyncRequest request)
    {
        int best = 0;
        for (int i = 1; i < _leaving.Count; i++)
        {
            if (_leaving[i].Priority < _leaving[best].Priority) best = i;
        }
        request = _leaving.Count > 0 ? _leaving[best] : default;
        if (_leaving.Count > 0) _leaving.RemoveAt(best);
        return request.Id != 0;
    }

    private List<Flight>? GiveUpLate()
    {
        List<Flight>? late = null;
        for (int i = _flights.Count - 1; i >= 0; i--)
        {
            if (moment.Now - _flights[i].Asked < options.RequestTimeout) continue;
            (late ??= []).Add(_flights[i]);
        }
        return late;
    }

    private void Ask(Standing standing)
    {
        Timestamp from = since(standing.Query);
        if (standing.From != default && standing.From < from) from = standing.From;
        standing.IsWanted = false;
        standing.From = default;
        standing.Flight = Launch(new(0, standing.Query, standing.Priority, Since: from), null, null);
    }

    private Flight Launch(SyncRequest request, KnownOrder? order, Stranger? stranger)
    {
        var flight = new Flight(request with { Id = ++_lastId }, moment.Now, moment.Sequence, ledger.Latest, order, stranger);
        _flights.Add(flight);
        _leaving.Add(flight.Request);
        if (flight.Asked + options.RequestTimeout < DueAt) DueAt = flight.Asked + options.RequestTimeout;
        return flight;
    }

    /// <summary>A question that is asked again and again, one at a time.</summary>
    private sealed class Standing(SyncQuery query)
    {
        public SyncQuery Query { get; } = query;

        public bool IsWanted { get; set; }

        public SyncPriority Priority { get; set; }

        public Timestamp At { get; set; }

        /// <summary>From when on rows are wanted, where that is earlier than usual.</summary>
        public Timestamp From { get; set; }

        public int Failures { get; set; }

        public Flight? Flight { get; set; }
    }
}
