using System.Globalization;
using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Gateway;
using Tradewind.Chaos.Net;
using Tradewind.Chaos.Venue;
using Tradewind.Chaos.World;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Host;

/// <summary>
/// The trading program in virtual time: the real engine, the real synchroniser and, in half of the worlds, the real adapter between a journal, an outbox and the wires of this world. It can die at any
/// instant, and comes back with what was on the disk.
/// </summary>
public sealed class TradingProgram
{
    private static readonly TimeSpan TimerInterval = TimeSpan.FromMilliseconds(250);

    private readonly Agenda _agenda;
    private readonly Chance _chance;
    private readonly FaultMix _mix;
    private readonly Requests _requests;
    private readonly PushLine _stream;
    private readonly OracleVenue _venue;
    private readonly Answers _answers;
    private readonly Func<Engine> _build;
    private readonly IProgramWatch _watch;
    private readonly string _session;
    private readonly bool _hasGateway;
    private readonly Dictionary<OrderId, long> _sequences = [];
    private readonly HostTime _host;
    private readonly Disk _disk;
    private readonly List<Input> _journal = [];
    private Outgoing _outgoing = new(0);
    private decimal[] _heldAtStart = [];
    private IVenueLine? _line;
    private EngineClock _clock;
    private LastLook _last = new();
    private int _durable;
    private bool _isSpaceLow;
    private bool _isInside;
    private int _life;
    private readonly Standstill _standstill;

    public TradingProgram(
        Agenda agenda, Chance chance, FaultMix mix, Requests requests, PushLine stream, OracleVenue venue, Answers answers, Func<Engine> build, IProgramWatch watch, string session, bool hasGateway)
    {
        _hasGateway = hasGateway;
        (_agenda, _chance, _mix, _requests, _stream, _venue, _answers, _build, _watch, _session) = (agenda, chance, mix, requests, stream, venue, answers, build, watch, session);
        _standstill = new(agenda, Do);
        _host = new(agenda);
        _disk = new(agenda, chance, mix);
        _clock = new WallClock(_host);
        Engine = build();
        Memory = null!;
    }

    public Engine Engine { get; private set; }

    public Recollection Memory { get; private set; }

    public bool IsAlive { get; private set; }

    /// <summary>Is told whenever it has started: its feed connects then.</summary>
    public Action OnStarted { get; set; } = () => { };

    /// <summary>It stands still, as a stopped process or a sleeping machine does.</summary>
    public bool IsStill => _standstill.IsNow;

    /// <summary>Whether it stood still at any time from then on.</summary>
    public bool WasStillSince(Timestamp since) => _standstill.WasSince(since);

    /// <summary>Signed units of an instrument that the account holds, as far as the program has heard.</summary>
    public decimal Counted(int instrument) => Line.Held(instrument);

    /// <summary>What a strategy held when the program had read its journal again.</summary>
    public decimal HeldBefore(int strategy) => _heldAtStart[strategy];

    public int Restarts => _life - 1;

    public IReadOnlyList<Input> Journal => _journal;

    public int DurableInputs => _durable;

    private IVenueLine Line => _line ?? throw new InvalidOperationException("The program was never started.");

    /// <summary>Starts, the first time or after a crash: what is on the disk runs again, then the venue is asked.</summary>
    public void Start()
    {
        if (IsAlive) throw new InvalidOperationException("The program runs already.");
        _life++;
        IsAlive = true;
        _isSpaceLow = false;
        Engine = _build();
        Memory = new(_session, Engine);
        _outgoing = new(Engine.Options.Instruments.Count);
        _standstill.Forget();
        _last = new();
        foreach (Input input in _journal) Memory.Add(in input, Engine.Process(in input));
        _heldAtStart = [.. Enumerable.Range(0, Engine.StrategyCount).Select(index => Engine.Strategy(index).Position.Quantity)];
        _host.SetAfter(_clock.Now);
        _clock = new WallClock(_host);
        AccountMemory? memory = _life == 1 ? null : Memory.Recall();
        _line = _hasGateway ? Adapter(memory, _life) : Plain(memory, _life);
        if (_life > 1) Take(new Input(-1, default, new AccountEvent(AccountEventKind.Unsynced), "the program was started again"));
        _line.Start();
        OnStarted();
        Tick(_life);
    }

    /// <summary>Ends at once: what was not on the disk, on the wire or in memory is gone.</summary>
    public void Crash()
    {
        IsAlive = false;
        Harms.StrikeAtDeath(_mix.Strikes, Engine, _requests, _journal.Skip(_durable), _agenda.Now);
        _watch.OnCrash(this);
        Line.Dispose();
        _requests.Forget();
        _journal.RemoveRange(_durable, _journal.Count - _durable);
        _isInside = false;
        _disk.Forget();
        _stream.Disconnect(null);
    }

    /// <summary>The world is over; to be called once nothing is asked of the program any more.</summary>
    public void End() => _line?.Dispose();

    /// <summary>Somebody sets the clock of its machine beside the true time; zero sets it right.</summary>
    public void SetClock(TimeSpan offset) => _host.Set(offset);

    public void StandStill(TimeSpan length) => _standstill.Begin(length);

    /// <summary>Market data or an operator's word arrives.</summary>
    public void Hear(Input input) => Inside(() => Take(in input));

    /// <summary>The venue would take a connection again.</summary>
    public void Reconnect()
    {
        if (IsAlive && !_stream.IsUp && Line.IsOpen) _stream.Connect(Line);
    }

    private DirectLine Plain(AccountMemory? memory, int life) =>
        new(_agenda, _clock, _mix, _requests, _stream, _venue, _answers, new(new SyncOptions(), memory, _clock.Now), _session, heard => { if (life == _life) Inside(heard); });

    private GatewayLine Adapter(AccountMemory? memory, int life) => new(
        _agenda, _host, _mix, _requests, _stream, _venue, _answers, Engine.Options.Instruments, memory, _session, _last.Door,
        new(OrderOf, (order, what) => _watch.OnSend(this, order, what, _sequences.GetValueOrDefault(order.Id)), fill => Harms.StrikeEarly(_mix.Strikes, _venue, _requests, in fill, _agenda.Now), Release), heard => { if (life == _life) Inside(heard); });

    private Order? OrderOf(string client) =>
        long.TryParse(client.AsSpan(client.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? Memory.Orders.GetValueOrDefault(id) : null;

    /// <summary>Does something in the program's one thread: later while it stands still, never once it is dead.</summary>
    private void Inside(Action what) => _standstill.Do(what);

    private void Do(Action what)
    {
        if (!IsAlive) return;
        what();
        Settle();
    }

    /// <summary>Carries out what engine and synchroniser want of each other and of the venue, until neither wants anything.</summary>
    private void Settle()
    {
        if (_isInside) return;
        _isInside = true;
        while (IsAlive)
        {
            if (Line.TryTake(out Input told)) Take(in told);
            else if (!Line.GoOn()) break;
        }
        _isInside = false;
        if (IsAlive) Line.Rest();
    }

    /// <summary>One input: stamped, journalled, processed; what it leads to goes to the outbox.</summary>
    private void Take(in Input input)
    {
        Timestamp clock = _clock.Now, now = clock > Engine.Now ? clock : Engine.Now;
        Input stamped = input.At(now);
        _journal.Add(stamped);
        long sequence = _journal.Count;
        Flush();
        if (stamped.Kind == InputKind.Broker && stamped.Broker.Kind == BrokerEventKind.Filled && _chance.Happens(_mix[FaultKind.CrashOnFill] * 0.3)) DieAfter(TimeSpan.Zero);
        _line?.OnTime(stamped.Time);
        ReadOnlySpan<Output> outputs = Engine.Process(in stamped);
        _last.Door.Move(Engine.State, Engine.AccountState);
        Memory.Add(in stamped, outputs);
        _watch.OnOutputs(this, in stamped, outputs);
        foreach (ref readonly Output output in outputs)
        {
            if (output.Kind is OutputKind.OrderSubmitted or OutputKind.CancelRequested) Post(new(output.Order, output.Kind, default, sequence));
            else if (output.Kind == OutputKind.ModifyRequested) Post(new(output.Order, output.Kind, output.Terms, sequence));
        }
    }

    private void Tick(int life)
    {
        if (life != _life || !IsAlive) return;
        Inside(Beat);
        _agenda.After(TimerInterval, () => Tick(life));
    }

    private void Flush()
    {
        int life = _life, upTo = _journal.Count;
        _disk.Write(isSafe =>
        {
            if (life != _life || !IsAlive) return;
            _disk.OnWritten();
            // A journal that cannot be trusted ends the program; what waited for it never leaves.
            if (!isSafe) CrashNow();
            else _durable = Math.Max(_durable, upTo);
            if (!IsAlive) return;
            if (_durable < _journal.Count && _outgoing.IsAny) Flush();
            Release();
        });
    }

    private void Beat()
    {
        Take(Input.Timer(default));
        // What waited while the program stood still.
        Release();
        // What cannot be recorded must not be risked; a person ends the pause.
        if (_isSpaceLow == _disk.IsFull) return;
        _isSpaceLow = !_isSpaceLow;
        if (_isSpaceLow) Take(new Input(default, new Command(CommandKind.Pause)));
    }

    private void Post(in Outgoing.Step step)
    {
        _outgoing.Post(in step);
        Flush();
    }

    /// <summary>Sends what may be sent: its cause is on the disk.</summary>
    private void Release()
    {
        if (IsStill) return;
        while (IsAlive && _outgoing.TryTake(_durable, Line.IsBusy, out Outgoing.Step step)) Send(step);
    }

    private void Send(Outgoing.Step step)
    {
        if (_chance.Happens(_mix[FaultKind.Crash] * 0.3))
        {
            _mix.Strikes.Hit(Fault.F9, _agenda.Now);
            CrashNow();
            return;
        }
        if (_chance.Happens(_mix[FaultKind.CrashAfterSend] * 0.3)) DieAfter(_chance.Around(TimeSpan.FromMilliseconds(10)));
        if (!_last.MayLeave(step.Order, step.What, out Input? told))
        {
            Inside(() => { if (told is { } word) Take(in word); });
            return;
        }
        _sequences[step.Order.Id] = step.Sequence;
        // The adapter says itself when bytes leave.
        if (!_hasGateway) _watch.OnSend(this, step.Order, step.What, step.Sequence);
        switch (step.What)
        {
            case OutputKind.OrderSubmitted: Line.Submit(step.Order); break;
            case OutputKind.CancelRequested: Line.Cancel(step.Order); break;
            default: Line.Modify(step.Order, step.Terms); break;
        }
        Settle();
    }

    private void CrashNow()
    {
        Crash();
        _agenda.After(_chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(_mix.Has(FaultKind.HistoryShort) ? 90 : 20)), Start);
    }

    private void DieAfter(TimeSpan delay)
    {
        int life = _life;
        _agenda.After(delay, () => { if (IsAlive && life == _life) CrashNow(); });
    }
}
