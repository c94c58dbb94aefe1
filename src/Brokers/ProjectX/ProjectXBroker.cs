using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Brackets;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Trading;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX;

/// <summary>Trades one account of a ProjectX gateway: orders over REST, what becomes of them over the user hub and, because a hub forgets, over REST again.</summary>
/// <remarks>
/// Protection is run by the engine: stops and targets are orders of their own, and none is sent where the platform attaches its own (<see cref="AttachedOrders"/>).
/// Where entries take their stop and target along (<see cref="ProjectXBrokerOptions.Brackets"/>), what the gateway makes of them becomes these orders (<see cref="LegDesk"/>).
/// Times in force are kept by this broker (<see cref="OwnExpiry"/>), for the gateway has none: when it is gone, such orders stay.
/// </remarks>
public sealed class ProjectXBroker : IBroker, IMarketObserver
{
    private readonly ProjectXLogin _login;
    private readonly ProjectXAccount _account;
    private readonly IReadOnlyList<Instrument> _instruments;
    private readonly ProjectXBrokerOptions _options;
    private readonly SyncClock _clock;
    private readonly CancellationTokenSource _stop = new();
    private volatile Parts? _parts;
    private Task _running = Task.CompletedTask;
    private int _isDisposed;

    private sealed record Parts(UserConnection Connection, AccountDriver Driver, OrderSender Sender, OwnExpiry Expiry, LegDesk Legs, StreamWatch Watch, Background Background);

    /// <param name="instruments">The engine's, in its order.</param>
    public ProjectXBroker(ProjectXLogin login, ProjectXAccount account, IReadOnlyList<Instrument> instruments, ProjectXBrokerOptions options)
    {
        ArgumentNullException.ThrowIfNull(login);
        ArgumentNullException.ThrowIfNull(options);
        (_login, _account, _instruments, _options) = (login, account, instruments, options);
        if (options.Session.Length is 0 or > 40) throw new ArgumentException($"The session's name is \"{options.Session}\"; it must have 1 to 40 characters.", nameof(options));
        _clock = new(login.Time, options.Pace);
        Capabilities = new() { Modifies = true, Brackets = options.Brackets != BracketUse.Engine, TrailingStops = options.TrailingStops };
    }

    public string Name => "projectx";

    public BrokerCapabilities Capabilities { get; }

    public BrokerHealth Health => new(
        _account.Name, _parts?.Connection.IsConnected ?? false, _parts?.Connection.State ?? "not started", _parts?.Connection.Reconnects ?? 0, _parts?.Driver.Unreadable ?? 0)
    {
        Requests = _login.Requests,
    };

    /// <exception cref="FeedException">The gateway refuses user and key again and again.</exception>
    public Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel) => _running = RunPartsAsync(inbox, cancel);

    public ValueTask SubmitAsync(Order order, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new(Started().Sender.SubmitAsync(order));
    }

    public ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new(Started().Sender.ModifyAsync(order, terms));
    }

    public ValueTask CancelAsync(Order order, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new(Started().Sender.CancelAsync(order));
    }

    /// <summary>The engine's time is the venue's; the account is asked for what happened since then.</summary>
    public void OnMarket(in Input input) => _clock.Observe(input.Time);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private Parts Started() => _parts ?? throw new NotSentException("The account is not connected yet.");

    private async Task RunPartsAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stop.Token);
        if (_instruments.Any(instrument => _login.Directory.ActiveOf(instrument.Symbol) is null)) await _login.OpenAsync(_instruments, stop.Token).ConfigureAwait(false);
        await _clock.Known.WaitAsync(stop.Token).ConfigureAwait(false);
        Parts parts = await AssembleAsync(stop.Token).ConfigureAwait(false);
        _parts = parts;
        Task[] loops =
        [
            parts.Connection.RunAsync(stop.Token), parts.Driver.KeepTimeAsync(), LookAsync(parts, stop.Token), _login.Session.KeepFreshAsync(stop.Token),
            PassOnAsync(parts.Driver.Told, inbox, stop.Token), parts.Background.Faulted.WaitAsync(stop.Token),
        ];
        try
        {
            await (await Task.WhenAny(loops).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            // Disposed: the session has ended.
        }
        finally
        {
            _parts = null;
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll([.. loops, parts.Background.EndAsync()]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends when the inbox is closed: the session is over.</summary>
    private static async Task PassOnAsync(ChannelReader<Input> told, ChannelWriter<FeedInput> inbox, CancellationToken stop)
    {
        try
        {
            await foreach (Input input in told.ReadAllAsync(stop).ConfigureAwait(false)) await inbox.WriteAsync(new(input, 0), stop).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // Nobody listens any more.
        }
    }

    private async Task LookAsync(Parts parts, CancellationToken stop)
    {
        using var look = new PeriodicTimer(TimeSpan.FromSeconds(1), _login.Time);
        while (await look.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            parts.Expiry.Look();
            await parts.Legs.LookAsync(stop).ConfigureAwait(false);
            if (parts.Watch.IsSilent()) parts.Connection.Reconnect("it told nothing of orders that changed");
        }
    }

    private async Task<Parts> AssembleAsync(CancellationToken stop)
    {
        (TimeProvider time, ILogger log, ProjectXOptions options, long id) = (_login.Time, _login.Log, _login.Options, _account.Id);
        var accounts = new AccountClient(_login.ClientOnce);
        // Tells whether the gateway has the paged query, and with it whether its list of working orders has those that are suspended.
        await accounts.WorkingOrdersAsync(id, stop).ConfigureAwait(false);
        var background = new Background();
        var instruments = new InstrumentMap(_instruments, _login.Directory);
        var orders = new OrderClient(_login.ClientOnce, _options.Fence);
        var positions = new PositionSums(instruments);
        OrderNumbers numbers = Remembered(new());
        var legs = new LegBook(instruments, _options.Memory, time);
        var sync = new AccountSynchroniser(_options.PacedSync with { ListsSuspended = accounts.HasQuery }, _options.Memory, _clock.Now);
        var driver = new AccountDriver(sync, new(accounts, orders, id, instruments, positions, legs), id, instruments, numbers, positions, legs, _clock, background, _options.Sync.RequestTimeout, time, log, stop);
        var expiry = new OwnExpiry(orders, id, instruments, _clock, background, time, stop);
        var attached = new AttachedOrders(instruments, time, _options.Pace) { Held = driver.Held, Tell = input => driver.Tell(input) };
        var trails = new TrailWatch(orders, id, background, input => driver.Tell(input), instruments, stop);
        var watch = new StreamWatch(time);
        driver.Seen = (row, isStream) =>
        {
            expiry.See(row);
            attached.See(row);
            trails.See(row);
            watch.See(row, isStream);
        };
        IHub Hub() => new SignalRHub(options.UserHub, options.Hub, new UserRecords(driver), pause: null, time, _login.Logs);
        var connection = new UserConnection(Hub, id, _login.Session, background, options, _login.Chance, time, log)
        {
            Up = () =>
            {
                watch.StreamUp();
                driver.StreamUp();
            },
            Down = driver.StreamDown,
        };
        driver.LoggedOut = connection.LogOut;
        var desk = new LegDesk(legs, driver, orders, accounts, id, numbers, background, time);
        var gate = new BracketGate(_options.Brackets, orders, id, instruments, $"tw-{_options.Session}-probe-", text => driver.Tell(new(-1, default, new AccountEvent(AccountEventKind.Notice), text)));
        var sender = new OrderSender(driver, orders, id, new(_options.Session, _options.Memory), numbers, instruments, expiry, trails, attached, legs, desk, gate, _options.Door, background, time, stop);
        return new(connection, driver, sender, expiry, desk, watch, background);
    }

    private OrderNumbers Remembered(OrderNumbers numbers)
    {
        foreach (RememberedOrder order in _options.Memory?.Orders ?? [])
        {
            if (long.TryParse(order.VenueId, NumberStyles.None, CultureInfo.InvariantCulture, out long number)) numbers.Learn(order.Intent.ClientId, number);
        }
        return numbers;
    }
}
