using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>A synchroniser between a venue and the books of an engine, in virtual time: the wires between them do what a test says.</summary>
internal sealed class SyncRun
{
    public static readonly Timestamp Start = Timestamp.FromUtc(2026, 3, 2, 14, 30);

    private readonly PriorityQueue<Action, (long At, long Number)> _events = new();
    private long _number;
    private long _lastOrder;
    private Timestamp _wakeAt;
    private int _life;

    public SyncRun(AccountMemory? memory = null, SyncOptions? options = null, bool isUp = true)
    {
        Options = options ?? new();
        Venue = new TruthVenue { Now = Start, Tell = Stream };
        Sync = new AccountSynchroniser(Options, memory, Start);
        Take();
        if (isUp) Up();
    }

    public SyncOptions Options { get; }

    public AccountSynchroniser Sync { get; private set; }

    public TruthVenue Venue { get; }

    public EngineBooks Books { get; } = new();

    public Timestamp Now { get; private set; } = Start;

    /// <summary>By how much the synchroniser's clock is ahead of the venue's.</summary>
    public TimeSpan Skew { get; private set; }

    public bool IsUp { get; private set; }

    /// <summary>False between a kill and the restart.</summary>
    public bool IsRunning { get; private set; } = true;

    public TimeSpan StreamDelay { get; set; } = TimeSpan.FromMilliseconds(5);

    public TimeSpan RestDelay { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>When a row of the stream arrives after it was told; an empty list is no fault, a time below zero loses it, two entries double it.</summary>
    public Func<object, TimeSpan[]> Wire { get; set; } = _ => [];

    /// <summary>What goes wrong with a request; null for nothing.</summary>
    public Func<SyncRequest, RestFault?> Rest { get; set; } = _ => null;

    public List<SyncRequest> Requests { get; } = [];

    private Timestamp Clock => Now + Skew;

    /// <summary>What happens later.</summary>
    public void At(TimeSpan delay, Action action) => _events.Enqueue(action, ((Now + delay).Nanoseconds, ++_number));

    public void Up(string? venueSession = null)
    {
        IsUp = true;
        Sync.StreamUp(Clock, venueSession);
        Take();
    }

    public void Down()
    {
        IsUp = false;
        Sync.StreamDown("The connection is lost.", Clock);
        Take();
    }

    /// <summary>The process ends at once: what was on its way to it is lost. It starts again with what the engine's books remember.</summary>
    public void Restart(TimeSpan dead, TimeSpan? remembered = null)
    {
        _life++;
        IsUp = IsRunning = false;
        _wakeAt = Timestamp.MaxValue;
        AccountMemory memory = Memory.Of(Books, remembered is { } span ? Now - span : null);
        At(dead, () =>
        {
            IsRunning = true;
            Sync = new(Options, memory, Clock);
            Take();
            Up();
        });
    }

    /// <summary>The synchroniser's clock is set.</summary>
    public void SetClock(TimeSpan skew)
    {
        Skew = skew;
        if (!IsRunning) return;
        Sync.OnTime(Clock);
        Take();
    }

    public void Advance(double seconds) => RunUntil(() => false, TimeSpan.FromSeconds(seconds));

    /// <summary>Lets time pass until it is so.</summary>
    /// <returns>False when the limit came first.</returns>
    public bool RunUntil(Func<bool> isSo, TimeSpan limit)
    {
        Timestamp end = Now + limit;
        while (!isSo())
        {
            Timestamp wake = _wakeAt < Now ? Now : _wakeAt;
            bool isEvent = _events.TryPeek(out _, out (long At, long Number) next) && next.At <= wake.Nanoseconds;
            Timestamp to = isEvent ? new(next.At) : wake;
            if (to > end)
            {
                Pass(end);
                return isSo();
            }
            Pass(to);
            if (isEvent) _events.Dequeue()();
            else Sync.OnTime(Clock);
            if (IsRunning) Take();
        }
        return true;
    }

    public bool RunUntilSynced(double seconds = 30) => RunUntil(() => Books.State == Core.Risk.AccountState.Synced, TimeSpan.FromSeconds(seconds));

    public OrderIntent Intent(Side side = Side.Buy, decimal quantity = 1m, OrderType type = OrderType.Limit, decimal limit = 5000m, decimal stop = 0m, int instrument = 0)
    {
        long id = ++_lastOrder;
        return new(new(id), $"tw-s1-{id}", instrument, side, type, quantity, type == OrderType.Limit ? limit : 0m, stop, Clock);
    }

    /// <summary>Sends an order; one that was proven absent may be sent again.</summary>
    public OrderId Send(in OrderIntent intent, SendFault? fault = null)
    {
        OrderIntent sent = intent;
        Books.Orders.TryAdd(sent.Order, new(sent));
        Books.Orders[sent.Order].End = BrokerEventKind.None;
        Sync.Sending(in sent, Clock);
        Take();
        Carry(fault ?? SendFault.None, () => VenueDesk.Place(Venue, in sent), answer => Sync.OnSent(sent.Order, in answer, Clock));
        return sent.Order;
    }

    public OrderId Send(Side side = Side.Buy, decimal quantity = 1m, SendFault? fault = null) => Send(Intent(side, quantity), fault);

    public void Cancel(OrderId order, SendFault? fault = null)
    {
        Books.Orders[order].Asked = BrokerEventKind.CancelInDoubt;
        Sync.Canceling(order, Clock);
        Take();
        Carry(fault ?? SendFault.None, () => VenueDesk.Cancel(Venue, Books.Orders[order].Intent.ClientId), answer => Sync.OnCancelSent(order, in answer, Clock));
    }

    public void Modify(OrderId order, decimal quantity, decimal limit, SendFault? fault = null)
    {
        BookedOrder booked = Books.Orders[order];
        var terms = new OrderTerms(booked.Intent.Side, booked.Intent.Type, TimeInForce.Gtc, OrderPurpose.Target, quantity, limit);
        booked.Asked = BrokerEventKind.ModifyInDoubt;
        booked.Terms = terms;
        Sync.Modifying(order, in terms, Clock);
        Take();
        Carry(fault ?? SendFault.None, () => VenueDesk.Modify(Venue, booked.Intent.ClientId, in terms), answer => Sync.OnModifySent(order, in answer, Clock));
    }

    public VenueOrder AtVenue(OrderId order) => Venue.ByClientId(Books.Orders[order].Intent.ClientId)!.Value;

    public BookedOrder Booked(OrderId order) => Books.Orders[order];

    public VenueFill Fill(OrderId order, decimal quantity, decimal price = 5000m) => Venue.Fill(AtVenue(order).VenueId, quantity, price);

    /// <summary>Hands a row to the synchroniser as the stream would.</summary>
    public void Deliver(object row)
    {
        switch (row)
        {
            case VenueOrder order: Sync.On(in order, Clock); break;
            case VenueFill fill: Sync.On(in fill, Clock); break;
            case VenuePosition position: Sync.On(in position, Clock); break;
            case VenueAccount account: Sync.On(in account, Clock); break;
            default: throw new ArgumentException($"no row: {row}");
        }
        Take();
    }

    /// <summary>Takes what the synchroniser has to say and starts the requests that it wants.</summary>
    public void Take()
    {
        while (Sync.TryTakeInput(out Input input)) Books.Take(in input);
        while (Sync.TryTakeRequest(out SyncRequest request))
        {
            Requests.Add(request);
            Carry(request, Rest(request) ?? RestFault.None);
        }
        _wakeAt = Now + (Sync.WakeAt - Clock);
    }

    private void Pass(Timestamp to)
    {
        if (to > Now) Now = to;
        Venue.Now = Now;
    }

    private void Stream(object row)
    {
        if (!IsUp) return;
        TimeSpan[] arrivals = Wire(row);
        if (arrivals.Length == 0) arrivals = [StreamDelay];
        foreach (TimeSpan arrival in arrivals)
        {
            // A row of a connection that is gone does not come by the next one.
            if (arrival >= TimeSpan.Zero) AtInLife(arrival, () => { if (IsUp) Deliver(row); });
        }
    }

    private void Carry(SendFault fault, Func<VenueAnswer> act, Action<VenueAnswer> tell)
    {
        int life = _life;
        if (fault.Request is { } reach) At(reach, () => Answer(fault, act(), answer => { if (life == _life) tell(answer); }));
        if (fault.Timeout is { } timeout) AtInLife(timeout, () => tell(VenueAnswer.InDoubt("No answer came.")));
    }

    /// <summary>What happens later unless the process has ended by then.</summary>
    private void AtInLife(TimeSpan delay, Action action)
    {
        int life = _life;
        At(delay, () => { if (life == _life) action(); });
    }

    private void Answer(SendFault fault, VenueAnswer answer, Action<VenueAnswer> tell)
    {
        if (fault.Reply is { } back) At(back, () => tell(answer));
    }

    private void Carry(SyncRequest request, RestFault fault)
    {
        if (fault.IsLost) return;
        AtInLife(RestDelay / 2, () =>
        {
            Action<Timestamp> answer = fault.IsFailure ? clock => Sync.OnFailure(in request, "The connection was closed.", clock, fault.Wait) : VenueDesk.Answer(Venue, Sync, request, fault);
            AtInLife(RestDelay / 2 + fault.Delay, () => answer(Clock));
        });
    }
}
