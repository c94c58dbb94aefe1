using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.Login;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>The user hub of one account: every connection subscribes to accounts, orders, positions and trades before anything that it tells counts as a stream.</summary>
internal sealed class UserConnection
{
    private const int CallsBelieved = 3;

    private readonly HubLine _line;
    private readonly long _accountId;
    private readonly Background _background;
    private readonly ProjectXOptions _options;
    private readonly Chance _chance;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private int _connections;

    /// <param name="make">Makes the next connection.</param>
    public UserConnection(Func<IHub> make, long accountId, TokenSession session, Background background, ProjectXOptions options, Chance chance, TimeProvider time, ILogger log)
    {
        (_accountId, _background, _options, _chance, _time, _log) = (accountId, background, options, chance, time, log);
        _line = new("User hub", make, session, options, chance, time, log)
        {
            Connected = (hub, scope) => _background.Run(stop => SubscribeAsync(hub, stop), scope),
            Lost = reason => Down?.Invoke(reason),
        };
    }

    /// <summary>All subscriptions stand: from now on the gateway tells everything that happens, and nothing of what happened before.</summary>
    public Action? Up { get; init; }

    /// <summary>The stream has ended, or could not be made; with the reason.</summary>
    public Action<string>? Down { get; init; }

    public bool IsConnected => _line.IsConnected;

    public string State => _line.State;

    public int Reconnects => Math.Max(0, Volatile.Read(ref _connections) - 1);

    /// <inheritdoc cref="HubLine.RunAsync"/>
    public Task RunAsync(CancellationToken cancel) => _line.RunAsync(cancel);

    /// <inheritdoc cref="HubLine.Reconnect"/>
    public void Reconnect(string reason) => _line.Reconnect(reason);

    /// <inheritdoc cref="HubLine.LogOut"/>
    public void LogOut() => _line.LogOut();

    private async Task SubscribeAsync(IHub hub, CancellationToken cancel)
    {
        var delay = new ReconnectDelay(_options.Hub, _chance);
        for (int attempt = 1; ; attempt++)
        {
            await Task.Delay(delay.Next(), _time, cancel).ConfigureAwait(false);
            try
            {
                await hub.InvokeAsync("SubscribeAccounts", null, cancel).ConfigureAwait(false);
                foreach (string method in (string[])["SubscribeOrders", "SubscribePositions", "SubscribeTrades"]) await hub.InvokeAsync(method, _accountId, cancel).ConfigureAwait(false);
                break;
            }
            catch (HubException fault)
            {
                _log.LogWarning("User hub: {Reason} Trying again.", fault.Message);
                if (attempt < CallsBelieved) continue;
                Reconnect("its subscriptions fail");
                return;
            }
        }
        Interlocked.Increment(ref _connections);
        Up?.Invoke();
    }
}
