using System.Threading.Channels;
using Tradewind.Brokers.ProjectX.Brackets;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX;

/// <summary>Trades one account of a ProjectX gateway: orders over REST, what becomes of them over the user hub and, because a hub forgets, over REST again.</summary>
/// <remarks>
/// Protection is run by the engine: stops and targets are orders of their own, and none is sent where the platform attaches its own (<see cref="Trading.AttachedOrders"/>).
/// Where entries take their stop and target along (<see cref="ProjectXBrokerOptions.Brackets"/>), what the gateway makes of them becomes these orders (<see cref="LegDesk"/>).
/// Times in force are kept by this broker (<see cref="Trading.OwnExpiry"/>), for the gateway has none: when it is gone, such orders stay.
/// </remarks>
public sealed class ProjectXBroker : IBroker, IMarketObserver
{
    private readonly ProjectXLogin _login;
    private readonly ProjectXAccount _account;
    private readonly ProjectXDesk _desk;
    private readonly CancellationTokenSource _stop = new();
    private volatile UserConnection? _connection;
    private Task _running = Task.CompletedTask;
    private int _isDisposed;

    /// <param name="instruments">The engine's, in its order.</param>
    public ProjectXBroker(ProjectXLogin login, ProjectXAccount account, IReadOnlyList<Instrument> instruments, ProjectXBrokerOptions options)
    {
        _desk = new(login, account, instruments, options);
        (_login, _account) = (login, account);
        Capabilities = new() { Modifies = true, Brackets = options.Brackets != BracketUse.Engine, TrailingStops = options.TrailingStops };
    }

    public string Name => "projectx";

    public BrokerCapabilities Capabilities { get; }

    public BrokerHealth Health => new(_account.Name, _connection?.IsConnected ?? false, _connection?.State ?? "not started", _connection?.Reconnects ?? 0, _desk.Unreadable)
    {
        Requests = _login.Requests,
    };

    /// <exception cref="FeedException">The gateway refuses user and key again and again.</exception>
    public Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel) => _running = RunDeskAsync(inbox, cancel);

    public ValueTask SubmitAsync(Order order, CancellationToken cancel) => new(_desk.SubmitAsync(order));

    public ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel) => new(_desk.ModifyAsync(order, terms));

    public ValueTask CancelAsync(Order order, CancellationToken cancel) => new(_desk.CancelAsync(order));

    public void OnMarket(in Input input) => _desk.OnMarket(input.Time);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunDeskAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stop.Token);
        await _desk.OpenAsync(stop.Token).ConfigureAwait(false);
        UserConnection connection = _connection = Connect();
        Task[] loops = [connection.RunAsync(stop.Token), _desk.RunAsync(stop.Token), PassOnAsync(_desk.Told, inbox, stop.Token)];
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
            _connection = null;
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll([.. loops, _desk.EndAsync()]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private UserConnection Connect()
    {
        ProjectXOptions options = _login.Options;
        IHub Hub() => new SignalRHub(options.UserHub, options.Hub, _desk.Records, pause: null, _login.Time, _login.Logs);
        var connection = new UserConnection(Hub, _account.Id, _login.Session, _desk.Background, options, _login.Chance, _login.Time, _login.Log) { Up = _desk.StreamUp, Down = _desk.StreamDown };
        (_desk.LoggedOut, _desk.Reconnect) = (connection.LogOut, connection.Reconnect);
        return connection;
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
}
