using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;

namespace Tradewind.Live.Sync;

/// <summary>
/// Keeps the engine and one account at a venue of the same mind: all that the venue says goes in, questions to the venue and inputs for the engine come out.
/// It has no clock, thread or socket: equal calls give equal results. One thread at a time may be inside.
/// </summary>
/// <remarks>
/// Whoever drives it calls <see cref="OnTime"/> at <see cref="WakeAt"/> at the latest, and after every call takes all inputs, in their order, and all requests.
/// Times may come from a clock that is set back or forward.
/// Everything that the engine learns of orders and of the account comes from here: who sends an order reports the outcome here and throws nothing.
/// What it knows may lie behind the venue by what is on its way: rows of one event count as missing only after <see cref="SyncOptions.Grace"/>, and what the
/// stream never told is found by the next comparison.
/// </remarks>
public sealed class AccountSynchroniser
{
    private readonly SyncOptions _options;
    private readonly SyncMoment _moment;
    private readonly Teller _teller;
    private readonly Questions _questions;
    private readonly OrderBook _book = new();
    private readonly FillLedger _ledger;
    private readonly OldPages _pages;
    private readonly Positions _positions;
    private readonly Strangers _strangers;
    private readonly FillDesk _fills;
    private readonly Shortfalls _shortfalls;
    private readonly Doubts _doubts;
    private readonly OrderFollower _orders;
    private readonly OrderReplies _orderReplies;
    private readonly Fence _fence;
    private readonly Comparison _comparison;
    private readonly Func<int, bool> _isUnsettled;
    private string? _venueSession;

    // The venue's time of the latest execution in a complete answer: no clock of ours says from when on executions may be missing.
    private Timestamp _sweptUntil;
    private Timestamp _dueAt;
    private long _accountEvidence;

    /// <param name="memory">What an engine that was restarted knows; null for a first start.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists all faults.</exception>
    public AccountSynchroniser(SyncOptions options, AccountMemory? memory, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. options.Faults()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(' ', faults), nameof(options));
        _options = options;
        _moment = new(now);
        _teller = new(_moment);
        _ledger = new(memory?.ExecutionsSince ?? now - options.Overlap, _moment, order => _book.Find(order) is { IsOver: false });
        _questions = new(options, _moment, _ledger, SinceOf);
        _pages = new(options, _teller, _ledger);
        _sweptUntil = _ledger.Horizon;
        _positions = new(options, _moment, _teller, _questions, _ledger, Counts);
        _strangers = new(options, _moment, _questions, _book, Counts);
        var verdicts = new OrderVerdicts(_teller, _book);
        _fills = new(options, _moment, _teller, _book, verdicts, _ledger, _positions, _strangers, Counts);
        _doubts = new(options, _moment, _teller, _questions, _book, verdicts, Counts);
        _shortfalls = new(options, _moment, _teller, _questions, _fills, verdicts, _doubts);
        _orders = new(_moment, _teller, _book, verdicts, _fills, _shortfalls, _doubts);
        _fence = new(_teller, Counts);
        _comparison = new(options, _moment, _questions, _book, _fills, _fence);
        _orderReplies = new(_questions, _orders, _fills, _strangers, _doubts, _shortfalls, _comparison);
        _isUnsettled = instrument => _strangers.IsAnyIn(instrument) || _shortfalls.IsAnyIn(instrument);
        if (memory is not null) new Recall(_book, _ledger, _positions).Take(memory);
        _fence.Begin();
        Settle();
    }

    /// <summary>What the engine was told last.</summary>
    public AccountState State => _fence.State;

    /// <summary>What had to be put right so far.</summary>
    public SyncCounts Counts { get; } = new();

    /// <summary>When <see cref="OnTime"/> has something to do, unless another call comes first: so long after the time of the last call, whatever the clock shows meanwhile.</summary>
    public Timestamp WakeAt => _moment.ClockAt(_dueAt);

    /// <summary>The account's net position by the books, signed units.</summary>
    public decimal NetOf(int instrument) => _positions.NetOf(instrument);

    /// <summary>What is to enter the engine next.</summary>
    public bool TryTakeInput(out Input input) => _teller.TryTake(out input);

    /// <summary>What the venue is to be asked next; the most urgent comes first.</summary>
    public bool TryTakeRequest(out SyncRequest request) => _questions.TryTake(out request);

    /// <summary>An order is about to leave: call it before the first byte, so that rows about it are understood whenever they come.</summary>
    /// <returns>False for an order that was to leave once more and has been seen at the venue since: it may not leave.</returns>
    /// <exception cref="InvalidOperationException">The order, or another with its client id, was sent before.</exception>
    public bool Sending(in OrderIntent intent, Timestamp now)
    {
        Hear(now);
        KnownOrder? order = _book.Add(in intent);
        order?.Evidence = _moment.Next();
        Settle();
        return order is not null;
    }

    /// <summary>A cancel is about to leave.</summary>
    /// <exception cref="InvalidOperationException">The order was never announced by <see cref="Sending"/> or remembered.</exception>
    public void Canceling(OrderId order, Timestamp now)
    {
        Hear(now);
        KnownOrder known = _book.Get(order);
        known.Evidence = _moment.Next();
        // Executions alone told the end of a filled one: an engine that still counts on a rest, as after a modification that did not take effect, hears that there is none.
        if (known.IsOver) _teller.Order(known.End == BrokerEventKind.Filled ? BrokerEventKind.Canceled : BrokerEventKind.CancelRejected, order, "The order was over before the cancel left.");
        else known.Cancel.Set(AskStep.Leaving, _moment.Now);
        Settle();
    }

    /// <summary>A modification is about to leave.</summary>
    /// <exception cref="InvalidOperationException">The order was never announced by <see cref="Sending"/> or remembered.</exception>
    public void Modifying(OrderId order, in OrderTerms terms, Timestamp now)
    {
        Hear(now);
        KnownOrder known = _book.Get(order);
        known.Evidence = _moment.Next();
        known.Modify.Terms = terms;
        if (known.IsOver) _teller.Order(BrokerEventKind.ModifyRejected, order, "The order was over before the modification left.");
        else known.Modify.Set(AskStep.Leaving, _moment.Now);
        Settle();
    }

    /// <summary>What became of the sending that <see cref="Sending"/> announced. A later and better answer may follow one that was in doubt.</summary>
    public void OnSent(OrderId order, in VenueAnswer answer, Timestamp now)
    {
        Hear(now);
        _orders.OnSent(_book.Get(order), in answer);
        if (answer.Kind == VenueAnswerKind.Refused) _comparison.WantAccount();
        Settle();
    }

    /// <summary>What became of the cancel that <see cref="Canceling"/> announced.</summary>
    public void OnCancelSent(OrderId order, in VenueAnswer answer, Timestamp now)
    {
        Hear(now);
        _orders.OnCancelSent(_book.Get(order), in answer);
        Settle();
    }

    /// <summary>What became of the modification that <see cref="Modifying"/> announced.</summary>
    public void OnModifySent(OrderId order, in VenueAnswer answer, Timestamp now)
    {
        Hear(now);
        _orders.OnModifySent(_book.Get(order), in answer);
        Settle();
    }

    /// <summary>The stream of orders, fills, positions and account flows from now on; what it said before, it does not repeat. Every call means a gap before it.</summary>
    /// <param name="venueSession">Names the venue's session where its order ids are only unique within one; null where they are unique for ever.</param>
    public void StreamUp(Timestamp now, string? venueSession = null)
    {
        Hear(now);
        _moment.IsStreamUp = true;
        if (_venueSession is not null && venueSession != _venueSession) _book.ForgetVenueIds();
        _venueSession = venueSession;
        Resync();
        Settle();
    }

    /// <summary>Nothing can be trusted to come by the stream from now on.</summary>
    public void StreamDown(string why, Timestamp now)
    {
        Hear(now);
        _moment.IsStreamUp = false;
        _fence.Close(why);
        Settle();
    }

    /// <summary>A row of the stream.</summary>
    public void On(in VenueOrder row, Timestamp now)
    {
        Hear(now);
        _orders.OnStream(in row);
        SettleIfDue();
    }

    /// <summary>A row of the stream.</summary>
    public void On(in VenueFill row, Timestamp now)
    {
        Hear(now);
        _fills.On(in row, false);
        SettleIfDue();
    }

    /// <summary>A row of the stream.</summary>
    public void On(in VenuePosition row, Timestamp now)
    {
        Hear(now);
        _positions.OnStream(in row);
        SettleIfDue();
    }

    /// <summary>A row of the stream.</summary>
    public void On(in VenueAccount row, Timestamp now)
    {
        Hear(now);
        _accountEvidence = _moment.Next();
        _fence.On(in row);
        Settle();
    }

    /// <summary>The reply to a question for orders.</summary>
    /// <param name="isWhole">False when the venue may have more rows than the reply: then no row says nothing.</param>
    public void OnOrders(in SyncRequest request, ReadOnlySpan<VenueOrder> rows, Timestamp now, bool isWhole = true)
    {
        Hear(now);
        if (_questions.Land(in request) is { } flight) _orderReplies.On(flight, rows, isWhole);
        Settle();
    }

    /// <summary>The reply to <see cref="SyncQuery.FillsSince"/>.</summary>
    /// <param name="isWhole">False when the venue may have more rows than the reply.</param>
    public void OnFills(in SyncRequest request, ReadOnlySpan<VenueFill> rows, Timestamp now, bool isWhole = true)
    {
        Hear(now);
        if (_questions.Land(in request) is { } flight)
        {
            // What is older than the stream is read, and asked for again.
            bool isNew = _pages.IsNew(flight, rows);
            foreach (ref readonly VenueFill row in rows) _fills.On(in row, true);
            if (isWhole) _questions.Answered(flight);
            if (isWhole && isNew) OnSwept(flight, rows);
            else _questions.Failed(flight, null, true);
        }
        Settle();
    }

    /// <summary>The reply to <see cref="SyncQuery.Positions"/>.</summary>
    public void OnPositions(in SyncRequest request, ReadOnlySpan<VenuePosition> rows, Timestamp now)
    {
        Hear(now);
        if (_questions.Land(in request) is { } flight)
        {
            _questions.Answered(flight);
            _positions.OnReply(flight, rows);
            _comparison.OnRead(flight);
        }
        Settle();
    }

    /// <summary>The reply to <see cref="SyncQuery.Account"/>.</summary>
    public void OnAccount(in SyncRequest request, in VenueAccount row, Timestamp now)
    {
        Hear(now);
        if (_questions.Land(in request) is { } flight)
        {
            _questions.Answered(flight);
            if (flight.Sequence >= _accountEvidence) _fence.On(in row);
            _comparison.OnRead(flight);
        }
        Settle();
    }

    /// <summary>What became of <see cref="SyncQuery.CancelStray"/>: whatever it was, the order is looked up again.</summary>
    public void OnStrayCanceled(in SyncRequest request, in VenueAnswer answer, Timestamp now)
    {
        Hear(now);
        if (_questions.Land(in request) is { Order: { } order } flight) _doubts.OnFailed(flight, order, answer.Kind == VenueAnswerKind.Taken ? _options.ProofSpacing : _options.RetryWait);
        Settle();
    }

    /// <summary>The request brought no answer that can be read. It says nothing about the account.</summary>
    /// <param name="wait">How long the venue wants to be left alone; null where it did not say.</param>
    public void OnFailure(in SyncRequest request, string why, Timestamp now, TimeSpan? wait = null)
    {
        Hear(now);
        if (_questions.Land(in request) is { } flight) Fail(flight, wait, why);
        Settle();
    }

    /// <summary>Time has passed.</summary>
    public void OnTime(Timestamp now)
    {
        Hear(now);
        Settle();
    }

    private void Hear(Timestamp now)
    {
        bool wasPaused = _moment.IsStreamUp && now > WakeAt && now - WakeAt > _options.MaxPause;
        _moment.Advance(now);
        if (wasPaused) Resync();
    }

    private void Resync()
    {
        Flight[] givenUp = [.. _questions.GiveUpAll()];
        _comparison.Restart();
        _strangers.Restart();
        _positions.Restart();
        _doubts.Restart(givenUp);
        if (_moment.IsStreamUp) _fence.Update("Orders, fills and positions are being read after a gap.");
    }

    private void OnSwept(Flight flight, ReadOnlySpan<VenueFill> rows)
    {
        foreach (ref readonly VenueFill row in rows)
        {
            if (row.Time > _sweptUntil) _sweptUntil = row.Time;
        }
        _comparison.OnRead(flight);
        _shortfalls.OnSwept(flight);
    }

    private void Fail(Flight flight, TimeSpan? wait, string why)
    {
        bool isPressing = !_fence.IsPassed || _doubts.IsAny || _shortfalls.IsAny;
        TimeSpan again = _questions.Failed(flight, wait, isPressing);
        if (_questions.IsToBeSaid(flight.Request.Query)) _teller.Notice(-1, $"The venue fails to answer a question about the account ({flight.Request.Query}) again and again; it is asked on. {why}");
        if (flight.Order is { } order) _doubts.OnFailed(flight, order, again);
        if (flight.Stranger is { } stranger) _strangers.LookAgain(stranger, _moment.Now + again);
    }

    /// <summary>Rows of the stream that fit change nothing else, once the account is known.</summary>
    private void SettleIfDue()
    {
        if (!_fence.IsPassed || _moment.Now >= _dueAt || NextDue() < _dueAt) Settle();
    }

    private void Settle()
    {
        if (_moment.IsStreamUp && _fence.IsPassed && _comparison.IsTooOld) Resync();
        _shortfalls.Pump();
        _positions.Adopt(_comparison.FillsReadAt, _isUnsettled);
        _positions.Pump();
        _strangers.Pump();
        _doubts.Conclude(_comparison.FillsReadAt, _isUnsettled);
        _doubts.Pump();
        _comparison.Pump();
        foreach (Flight late in _questions.Pump() ?? [])
        {
            if (_questions.Land(late.Request) is not null) Fail(late, null, "No answer has come in time.");
        }
        if (_moment.IsStreamUp) _fence.Update(Obstacle());
        _dueAt = NextDue();
    }

    /// <summary>What keeps the account from being synced. What may be on its way is an obstacle to becoming synced at once, and to staying so after a while.</summary>
    private string? Obstacle()
    {
        bool isPassed = _fence.IsPassed;
        if (!_comparison.IsWhole) return "Orders, fills and positions are being read.";
        if (isPassed ? _positions.IsAnyDifferingForLong : _positions.IsAnyDiffering) return "A position differs from the sum of its executions.";
        if (isPassed ? _shortfalls.IsAnyLasting : _shortfalls.IsAny) return "An order is filled, and the execution is missing.";
        if (isPassed ? _strangers.IsAnyLasting : _strangers.IsAny) return "An execution belongs to an order that nobody knows yet.";
        if (_book.Uncertain > 0) return "Orders are looked up one by one.";
        return _doubts.IsAnyStray ? "An order works at the venue that is over here." : null;
    }

    private Timestamp NextDue()
    {
        Timestamp due = _shortfalls.DueAt < _positions.DueAt ? _shortfalls.DueAt : _positions.DueAt;
        if (_strangers.DueAt < due) due = _strangers.DueAt;
        if (_doubts.DueAt < due) due = _doubts.DueAt;
        if (_comparison.DueAt < due) due = _comparison.DueAt;
        return _questions.DueAt < due ? _questions.DueAt : due;
    }

    /// <summary>From when on rows have to be read for nothing to be missed.</summary>
    private Timestamp SinceOf(SyncQuery query)
    {
        Timestamp since = _sweptUntil - _options.Overlap;
        if (query == SyncQuery.FillsSince) return since > _ledger.Horizon ? since : _ledger.Horizon;
        if (query != SyncQuery.OrdersSince) return default;
        foreach (KnownOrder order in _book.Working)
        {
            if (order.Created - _options.Overlap < since) since = order.Created - _options.Overlap;
        }
        return since;
    }
}
