using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Brackets;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>
/// Drives the synchroniser of one account: user hub, REST answers, sent orders and the clock go in, one at a time; questions go out to the
/// gateway and inputs to the engine, in their order.
/// </summary>
internal sealed class AccountDriver : IUserEvents
{
    private readonly Lock _gate = new();
    private readonly AccountSynchroniser _sync;
    private readonly AccountQuestions _questions;
    private readonly long _accountId;
    private readonly InstrumentMap _instruments;
    private readonly SyncClock _clock;
    private readonly Background _background;
    private readonly CancellationToken _stop;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Channel<Input> _told = Channel.CreateUnbounded<Input>(new() { SingleReader = true });
    private readonly OrderNumbers _numbers;
    private readonly PositionSums _positions;
    private readonly LegBook _legs;
    private long _unreadable;
    private bool _isUp;

    /// <param name="patience">How long a question may take.</param>
    public AccountDriver(
        AccountSynchroniser sync, AccountQuestions questions, long accountId, InstrumentMap instruments, OrderNumbers numbers, PositionSums positions, LegBook legs, SyncClock clock, Background background,
        TimeSpan patience, TimeProvider time, ILogger log, CancellationToken stop)
    {
        (_sync, _questions, _accountId, _instruments, _numbers, _positions, _legs, _clock) = (sync, questions, accountId, instruments, numbers, positions, legs, clock);
        (_background, _patience, _time, _log, _stop) = (background, patience, time, log, stop);
    }

    /// <summary>What the engine is to be told, in order.</summary>
    public ChannelReader<Input> Told => _told.Reader;

    /// <summary>Events of the user hub that could not be read.</summary>
    public long Unreadable => Interlocked.Read(ref _unreadable);

    /// <summary>The gateway ended our session.</summary>
    public Action LoggedOut { get; set; } = () => { };

    /// <summary>Is shown each order row, with where it came from: true for the stream.</summary>
    public Action<OrderRow, bool> Seen { get; set; } = (_, _) => { };

    /// <summary>What the engine was told last of the account.</summary>
    public AccountState State
    {
        get
        {
            lock (_gate) return _sync.State;
        }
    }

    /// <summary>One thing that happened; what the synchroniser makes of it leaves at once.</summary>
    public void Do(Action<AccountSynchroniser, Timestamp> what)
    {
        lock (_gate)
        {
            what(_sync, _clock.Now);
            while (_sync.TryTakeInput(out Input input)) _told.Writer.TryWrite(input);
            while (_sync.TryTakeRequest(out SyncRequest request)) Ask(request);
        }
    }

    /// <summary>Lets time pass, and the gateway be asked in time. Runs until canceled.</summary>
    public async Task KeepTimeAsync()
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(50), _time);
        while (await clock.WaitForNextTickAsync(_stop))
        {
            Timestamp now = _clock.Now;
            lock (_gate)
            {
                if (now < _sync.WakeAt) continue;
            }
            Do(static (sync, now) => sync.OnTime(now));
        }
    }

    /// <summary>The user hub tells everything from now on.</summary>
    public void StreamUp() => Do((sync, now) =>
    {
        _isUp = true;
        sync.StreamUp(now);
    });

    public void StreamDown(string why) => Do((sync, now) =>
    {
        _isUp = false;
        sync.StreamDown(why, now);
    });

    /// <summary>Whether an order of these terms would only make the position smaller, as far as the gateway has told.</summary>
    public bool IsReducing(int instrument, in OrderTerms terms)
    {
        lock (_gate)
        {
            decimal held = _sync.NetOf(instrument);
            return held * terms.SignedQuantity < 0 && terms.Quantity <= Math.Abs(held);
        }
    }

    /// <summary>Signed units of the instrument that the account holds, as far as the gateway has told.</summary>
    public decimal Held(int instrument)
    {
        lock (_gate) return _sync.NetOf(instrument);
    }

    /// <summary>The contract of the position in the instrument; null where it is flat.</summary>
    public string? ContractHeld(int instrument)
    {
        lock (_gate) return _positions.ContractOf(instrument, _sync.NetOf(instrument) != 0m);
    }

    /// <summary>Tells the engine something of its own accord: what a person should know.</summary>
    public void Tell(in Input input) => _told.Writer.TryWrite(input);

    public void End() => _told.Writer.TryComplete();

    public void On(OrderRow row)
    {
        if (row.AccountId is { } account && account != _accountId) return;
        _numbers.Learn(row);
        Seen(row, true);
        if (_legs.Read(row) is { } order) Do((sync, now) => sync.On(order, now));
    }

    /// <summary>A row that somebody else asked for.</summary>
    public void OnListed(OrderRow row)
    {
        Learn(row);
        _legs.Read(row);
    }

    public void On(TradeRow row)
    {
        if (row.AccountId is { } account && account != _accountId) return;
        VenueFill fill = VenueRows.Of(row, _instruments);
        _legs.See(row);
        Do((sync, now) => sync.On(fill, now));
    }

    public void On(PositionRow row)
    {
        if (row.AccountId is { } account && account != _accountId) return;
        Do((sync, now) => sync.On(_positions.Change(row), now));
    }

    public void On(AccountRow row)
    {
        if (row.Id != _accountId) return;
        Do((sync, now) => sync.On(VenueRows.Of(row), now));
    }

    /// <summary>Something happened and nobody knows what: that is a gap in the stream.</summary>
    public void OnUnreadable(string what)
    {
        Interlocked.Increment(ref _unreadable);
        _log.LogWarning("User hub: an event cannot be read: {What}.", what);
        Do((sync, now) =>
        {
            if (_isUp) sync.StreamUp(now);
        });
    }

    public void OnLogout() => LoggedOut();

    /// <summary>The synchroniser gives a question up after a while; so does whoever waits here for its turn, or old questions would take the turns of new ones.</summary>
    private void Ask(SyncRequest request) => _background.Run(async stop =>
    {
        using var deadline = new CancellationTokenSource(_patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        Action<AccountSynchroniser, Timestamp> reply;
        try
        {
            reply = await _questions.AskAsync(request, Learn, both.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            reply = (sync, now) => sync.OnFailure(request, $"The gateway was not asked or did not answer within {_patience.TotalSeconds:0.#} s.", now);
        }
        Do(reply);
    }, _stop);

    private void Learn(OrderRow row)
    {
        _numbers.Learn(row);
        Seen(row, false);
    }
}
