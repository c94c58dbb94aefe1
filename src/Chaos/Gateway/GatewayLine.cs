using Tradewind.Brokers.ProjectX;
using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Host;
using Tradewind.Chaos.Net;
using Tradewind.Chaos.Venue;
using Tradewind.Chaos.World;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Gateway;

/// <summary>
/// The shipped ProjectX adapter in the world's one thread: its login, request budget, orders, questions, in-doubt rules and readers of the user hub, over bytes that this world
/// carries and loses. What is not the adapter's is the socket, and the loop that connects a hub anew.
/// </summary>
internal sealed class GatewayLine : IVenueLine
{
    private static readonly TimeSpan Reconnecting = TimeSpan.FromSeconds(1);

    private readonly Agenda _agenda;
    private readonly PushLine _stream;
    private readonly Action<Action> _inside;
    private readonly LineWatch _watch;
    private readonly TurnQueue _turns = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly LifeTime _time;
    private readonly ProjectXLogin _login;
    private readonly ProjectXDesk _desk;
    private readonly WireWriter _wire;
    private readonly bool[] _isBusy;
    private readonly Queue<Input> _told = new();
    private Task _running = Task.CompletedTask;
    private bool _isOver;

    /// <param name="host">The machine's clocks.</param>
    /// <param name="memory">Of an earlier life; null for the first.</param>
    /// <param name="inside">Does something in the program's thread, unless that has died since.</param>
    public GatewayLine(
        Agenda agenda, TimeProvider host, FaultMix mix, Requests requests, PushLine stream, OracleVenue venue, Answers answers, IReadOnlyList<Instrument> instruments, AccountMemory? memory,
        string session, RiskDoor door, LineWatch watch, Action<Action> inside)
    {
        (_agenda, _stream, _watch, _inside) = (agenda, stream, watch, inside);
        _isBusy = new bool[instruments.Count];
        _wire = new(instruments);
        var replies = new GatewayReplies(agenda, mix, venue, answers, requests, instruments, tag => watch.OrderOf(tag));
        ProjectXOptions options = ProjectXOptions.At(new("http://gateway.world")) with { UserName = "chaos", ApiKey = new Secret("chaos") };
        var gateway = new GatewayDoor(requests, replies, (path, body) => Left(path, replies.OrderOf(path, body)), Inside, options.RequestTimeout);
        _time = new(host, agenda, Inside);
        _login = new(options, _time, handler: gateway);
        _desk = new(_login, new(WireWriter.AccountId, WireWriter.AccountName, 100_000m, true, AccountKind.Practice), instruments, new() { Session = session, Memory = memory, Door = door })
        {
            Reconnect = why => agenda.After(TimeSpan.Zero, () => ConnectAnew(why)),
        };
    }

    public bool IsOpen => _desk.IsOpen;

    public void Start() => _turns.Run(() => _running = RunAsync());

    public bool TryTake(out Input told)
    {
        if (_told.TryDequeue(out told)) return true;
        return _desk.IsOpen && _desk.Told.TryRead(out told);
    }

    public bool GoOn()
    {
        if (_running.Exception is { } fault) throw fault.GetBaseException();
        return _turns.TryRun();
    }

    public void Rest()
    {
    }

    public void OnTime(Timestamp now) => _desk.OnMarket(now);

    public bool IsBusy(int instrument) => _isBusy[instrument];

    public decimal Held(int instrument) => _desk.Held(instrument);

    public void Submit(Order order) => Send(order, OutputKind.OrderSubmitted, () => _desk.SubmitAsync(order));

    public void Cancel(Order order) => Send(order, OutputKind.CancelRequested, () => _desk.CancelAsync(order));

    public void Modify(Order order, in OrderTerms terms)
    {
        OrderTerms wished = terms;
        Send(order, OutputKind.ModifyRequested, () => _desk.ModifyAsync(order, wished));
    }

    public void StreamUp() => Enter(_desk.StreamUp);

    public void StreamDown(string why) => Enter(() => _desk.StreamDown(why));

    public void Read(in VenueOrder row)
    {
        VenueOrder read = row;
        Read(_wire.Event("GatewayUserOrder", json => _wire.Order(json, read)));
    }

    public void Read(in VenueFill row)
    {
        VenueFill read = row;
        _watch.OnFill(read);
        Read(_wire.Event("GatewayUserTrade", json => _wire.Trade(json, read)));
    }

    public void Read(in VenuePosition row)
    {
        VenuePosition read = row;
        Read(_wire.Event("GatewayUserPosition", json => _wire.Position(json, read)));
    }

    public void Read(in VenueAccount row)
    {
        VenueAccount read = row;
        Read(_wire.Event("GatewayUserAccount", json => WireWriter.Account(json, read)));
    }

    /// <summary>The program has died: nothing of it goes on.</summary>
    public void Dispose()
    {
        _isOver = true;
        _login.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        await OpenAsync();
        if (!_stream.IsUp) _agenda.After(TimeSpan.Zero, Connect);
        await _desk.RunAsync(_stop.Token);
    }

    /// <summary>A program that cannot be started is started again, by whoever looks after it.</summary>
    private async Task OpenAsync()
    {
        while (!_desk.IsOpen)
        {
            try
            {
                await _desk.OpenAsync(_stop.Token);
            }
            catch (FeedException)
            {
                await Task.Delay(Reconnecting, _time);
            }
        }
    }

    private void Connect()
    {
        if (!_isOver && !_stream.IsUp) _stream.Connect(this);
    }

    private void ConnectAnew(string why)
    {
        if (_isOver || !_stream.IsUp) return;
        _stream.Disconnect(why);
        _agenda.After(Reconnecting, Connect);
    }

    private void Read(byte[] record) => Enter(() => _desk.Read(record));

    /// <summary>Comes from outside, and may begin tasks.</summary>
    private void Enter(Action what) => Inside(() => _turns.Run(what));

    private void Inside(Action what)
    {
        if (!_isOver) _inside(what);
    }

    private void Send(Order order, OutputKind what, Func<Task> send)
    {
        _isBusy[order.Instrument] = true;
        _turns.Run(() => _ = SendAsync(order, what, send));
    }

    private async Task SendAsync(Order order, OutputKind what, Func<Task> send)
    {
        try
        {
            await send();
        }
#pragma warning disable CA1031 // As the outbox does: whatever else is thrown leaves it open whether the venue has it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _told.Enqueue(new(default, SendFailure.Of(what, order.Id, failure), failure.Message));
        }
        finally
        {
            _isBusy[order.Instrument] = false;
            _agenda.After(TimeSpan.Zero, () => Inside(_watch.OnFreed));
        }
    }

    private void Left(string path, string? tag)
    {
        OutputKind what = path switch
        {
            "/api/Order/place" => OutputKind.OrderSubmitted,
            "/api/Order/modify" => OutputKind.ModifyRequested,
            "/api/Order/cancel" => OutputKind.CancelRequested,
            _ => OutputKind.None,
        };
        if (what != OutputKind.None && tag is not null && _watch.OrderOf(tag) is { } order) _watch.OnLeft(order, what);
    }
}

/// <summary>What the world wants to know of a line, and tells it.</summary>
/// <param name="OrderOf">The program's order of a client id; null where there is none.</param>
/// <param name="OnLeft">Bytes of an order, a change or a cancel leave.</param>
/// <param name="OnFill">The stream tells an execution.</param>
/// <param name="OnFreed">What waited behind something may follow.</param>
internal sealed record LineWatch(Func<string, Order?> OrderOf, Action<Order, OutputKind> OnLeft, Action<VenueFill> OnFill, Action OnFreed);
