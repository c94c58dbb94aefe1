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

/// <summary>One account of a ProjectX gateway without a connection of its own: orders and questions leave over REST, and whoever has a user hub hands over what that tells.</summary>
/// <remarks>
/// It follows the synchronization context that it is opened and called in, so that a host can run all of it in one thread, under its own clock (<see cref="ProjectXLogin.Time"/>).
/// Without one it is safe to call from any thread.
/// </remarks>
public sealed class ProjectXDesk
{
    private readonly ProjectXLogin _login;
    private readonly ProjectXAccount _account;
    private readonly IReadOnlyList<Instrument> _instruments;
    private readonly ProjectXBrokerOptions _options;
    private readonly SyncClock _clock;
    private volatile Parts? _parts;

    private sealed record Parts(AccountDriver Driver, UserRecords Records, OrderSender Sender, OwnExpiry Expiry, LegDesk Legs, StreamWatch Watch, Background Background);

    /// <param name="instruments">The engine's, in its order.</param>
    public ProjectXDesk(ProjectXLogin login, ProjectXAccount account, IReadOnlyList<Instrument> instruments, ProjectXBrokerOptions options)
    {
        ArgumentNullException.ThrowIfNull(login);
        ArgumentNullException.ThrowIfNull(options);
        (_login, _account, _instruments, _options) = (login, account, instruments, options);
        if (options.Session.Length is 0 or > 40) throw new ArgumentException($"The session's name is \"{options.Session}\"; it must have 1 to 40 characters.", nameof(options));
        _clock = new(login.Time, options.Pace);
    }

    public bool IsOpen => _parts is not null;

    /// <summary>What the engine is to be told, in order.</summary>
    public ChannelReader<Input> Told => Opened().Driver.Told;

    /// <summary>Events of the user hub that could not be read.</summary>
    public long Unreadable => _parts?.Driver.Unreadable ?? 0;

    /// <summary>Asked to connect the user hub anew, with the reason.</summary>
    public Action<string> Reconnect { get; set; } = _ => { };

    /// <summary>The gateway ended the session of the user hub.</summary>
    public Action LoggedOut { get; set; } = () => { };

    internal Background Background => Opened().Background;

    internal IRecordReader Records => Opened().Records;

    /// <summary>The engine's time is the venue's; the account is asked for what happened since then.</summary>
    public void OnMarket(Timestamp time) => _clock.Observe(time);

    /// <summary>Waits for the engine's time, finds the contracts and asks once for the orders at work; orders can be sent from then on.</summary>
    /// <param name="stop">Ends all that the desk does.</param>
    /// <exception cref="FeedException">The gateway cannot be used; the message says why.</exception>
    public async Task OpenAsync(CancellationToken stop)
    {
        if (_instruments.Any(instrument => _login.Directory.ActiveOf(instrument.Symbol) is null)) await _login.OpenAsync(_instruments, stop);
        await _clock.Known.WaitAsync(stop);
        _parts = await AssembleAsync(stop);
    }

    /// <summary>Lets time pass, keeps the token fresh and looks after orders, until it is stopped or something in it fails.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Parts parts = Opened();
        Task[] loops = [parts.Driver.KeepTimeAsync(), LookAsync(parts, stop), _login.Session.KeepFreshAsync(stop), parts.Background.Faulted.WaitAsync(stop)];
        await await Task.WhenAny(loops);
    }

    /// <summary>Returns when nothing runs any more; to be called after stopping.</summary>
    public async Task EndAsync()
    {
        if (_parts is not { } parts) return;
        _parts = null;
        await parts.Background.EndAsync();
    }

    /// <inheritdoc cref="IBroker.SubmitAsync"/>
    public Task SubmitAsync(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Opened().Sender.SubmitAsync(order);
    }

    /// <inheritdoc cref="IBroker.ModifyAsync"/>
    public Task ModifyAsync(Order order, OrderTerms terms)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Opened().Sender.ModifyAsync(order, terms);
    }

    /// <inheritdoc cref="IBroker.CancelAsync"/>
    public Task CancelAsync(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Opened().Sender.CancelAsync(order);
    }

    /// <summary>The user hub tells everything from now on.</summary>
    public void StreamUp()
    {
        Parts parts = Opened();
        parts.Watch.StreamUp();
        parts.Driver.StreamUp();
    }

    public void StreamDown(string why) => Opened().Driver.StreamDown(why);

    /// <summary>One record of the user hub, as it stood on the wire.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public void Read(ReadOnlySpan<byte> record) => Opened().Records.TryConsume(record, 0);

    /// <summary>Signed units of the instrument that the account holds, as far as the gateway has told.</summary>
    public decimal Held(int instrument) => Opened().Driver.Held(instrument);

    private Parts Opened() => _parts ?? throw new NotSentException("The account is not connected yet.");

    private async Task LookAsync(Parts parts, CancellationToken stop)
    {
        using var look = new PeriodicTimer(TimeSpan.FromSeconds(1), _login.Time);
        while (await look.WaitForNextTickAsync(stop))
        {
            parts.Expiry.Look();
            await parts.Legs.LookAsync(stop);
            if (parts.Watch.IsSilent()) Reconnect("it told nothing of orders that changed");
        }
    }

    private async Task<Parts> AssembleAsync(CancellationToken stop)
    {
        (TimeProvider time, ILogger log, long id) = (_login.Time, _login.Log, _account.Id);
        var accounts = new AccountClient(_login.ClientOnce);
        // Tells whether the gateway has the paged query, and with it whether its list of working orders has those that are suspended.
        await accounts.WorkingOrdersAsync(id, stop);
        var background = new Background();
        var instruments = new InstrumentMap(_instruments, _login.Directory);
        var orders = new OrderClient(_login.ClientOnce, _options.Fence);
        var positions = new PositionSums(instruments);
        OrderNumbers numbers = Remembered(new());
        var legs = new LegBook(instruments, _options.Memory, time);
        var sync = new AccountSynchroniser(_options.PacedSync with { ListsSuspended = accounts.HasQuery }, _options.Memory, _clock.Now);
        var driver = new AccountDriver(sync, new(accounts, orders, id, instruments, positions, legs), id, instruments, numbers, positions, legs, _clock, background, _options.Sync.RequestTimeout, time, log, stop)
        {
            LoggedOut = () => LoggedOut(),
        };
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
        var desk = new LegDesk(legs, driver, orders, accounts, id, numbers, background, time);
        var gate = new BracketGate(_options.Brackets, orders, id, instruments, $"tw-{_options.Session}-probe-", text => driver.Tell(new(-1, default, new AccountEvent(AccountEventKind.Notice), text)));
        var sender = new OrderSender(driver, orders, id, new(_options.Session, _options.Memory), numbers, instruments, expiry, trails, attached, legs, desk, gate, _options.Door, background, time, stop);
        return new(driver, new(driver), sender, expiry, desk, watch, background);
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
