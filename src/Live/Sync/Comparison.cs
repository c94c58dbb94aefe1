using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>When the account as a whole is read: all of it after a gap, orders and positions every few seconds, executions and balance now and then.</summary>
internal sealed class Comparison(SyncOptions options, SyncMoment moment, Questions questions, OrderBook book, FillDesk fills, Fence fence)
{
    private static readonly SyncQuery[] Whole = [SyncQuery.OpenOrders, SyncQuery.OrdersSince, SyncQuery.FillsSince, SyncQuery.Positions, SyncQuery.Account];

    private readonly Timestamp[] _readAt = new Timestamp[(int)SyncQuery.CancelStray + 1];
    private Timestamp _roundAt;
    private Timestamp _comparedAt = moment.Now;
    private Timestamp _sweptAt = moment.Now;

    public Timestamp DueAt { get; private set; }

    /// <summary>Whether everything was read since the last gap.</summary>
    public bool IsWhole => Array.TrueForAll(Whole, query => _readAt[(int)query] >= _roundAt);

    /// <summary>Whether the last reading is so old that the account counts as unknown.</summary>
    public bool IsTooOld => TooOldAt <= moment.Now;

    /// <summary>When the last complete answer with all executions was asked for.</summary>
    public Timestamp FillsReadAt => _readAt[(int)SyncQuery.FillsSince];

    private Timestamp TooOldAt => Earlier(_readAt[(int)SyncQuery.OpenOrders], _readAt[(int)SyncQuery.Positions]) + options.MaxAge;

    /// <summary>Reads everything anew: after a gap.</summary>
    public void Restart()
    {
        _roundAt = moment.Now;
        Array.Fill(_readAt, Timestamp.MinValue);
        foreach (SyncQuery query in Whole) questions.Want(query, SyncPriority.Resync, moment.Now);
        _comparedAt = _sweptAt = moment.Now;
    }

    /// <summary>A question was answered, and the answer can be read and is complete.</summary>
    public void OnRead(Flight flight)
    {
        ref Timestamp readAt = ref _readAt[(int)flight.Request.Query];
        if (flight.Asked > readAt) readAt = flight.Asked;
    }

    /// <summary>Something hints at a change of what the account may do: it is read soon, and never in a storm.</summary>
    public void WantAccount()
    {
        Timestamp at = _readAt[(int)SyncQuery.Account] + (fence.IsRestricted ? options.RestrictedWait : options.CompareWorking);
        questions.Want(SyncQuery.Account, SyncPriority.Background, at > moment.Now ? at : moment.Now);
    }

    public void Pump()
    {
        TimeSpan pace = book.Working.Count > 0 ? options.CompareWorking : options.CompareIdle;
        Timestamp compareAt = QuietAt(_comparedAt + pace);
        if (compareAt <= moment.Now) Compare();
        if (_sweptAt + options.CompareIdle <= moment.Now) Sweep();
        DueAt = Earlier(QuietAt(_comparedAt + pace), _sweptAt + options.CompareIdle);
        Timestamp tooOldAt = IsTooOld ? Timestamp.MaxValue : TooOldAt;
        DueAt = Earlier(DueAt, tooOldAt);
    }

    private void Compare()
    {
        _comparedAt = moment.Now;
        questions.Want(SyncQuery.OpenOrders, SyncPriority.Compare, moment.Now);
        questions.Want(SyncQuery.Positions, SyncPriority.Compare, moment.Now);
        if (!moment.IsStreamUp) questions.Want(SyncQuery.FillsSince, SyncPriority.Compare, moment.Now);
    }

    private void Sweep()
    {
        _sweptAt = moment.Now;
        questions.Want(SyncQuery.FillsSince, SyncPriority.Background, moment.Now);
        WantAccount();
    }

    /// <summary>In the middle of executions a comparison would find what is only on its way; but it does not wait for ever.</summary>
    private Timestamp QuietAt(Timestamp due)
    {
        Timestamp quiet = fills.LastAt == Timestamp.MinValue ? due : fills.LastAt + options.Quiet;
        if (quiet <= due) return due;
        return Earlier(quiet, due + options.QuietPatience);
    }

    private static Timestamp Earlier(Timestamp a, Timestamp b) => a < b ? a : b;
}
