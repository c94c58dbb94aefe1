using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Streams;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>The market hub with every subscription repeated after each reconnect. A subscribe call that fails is repeated on its own and holds up nobody.</summary>
internal sealed class MarketConnection
{
    private readonly HubLine _line;
    private readonly StreamTable _streams;
    private readonly Background _background;
    private readonly ProjectXOptions _options;
    private readonly Chance _chance;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <param name="make">Makes the next connection; its events go to the streams.</param>
    public MarketConnection(
        Func<IHub> make, TokenSession session, StreamTable streams, Background background, ProjectXOptions options, Chance chance, FeedMetrics metrics, TimeProvider time, ILogger log)
    {
        (_streams, _background, _options, _chance, _time, _log) = (streams, background, options, chance, time, log);
        _line = new("Market hub", make, session, options, chance, time, log)
        {
            Connected = (hub, scope) =>
            {
                metrics.Connected();
                SubscribeAll(hub, scope);
            },
            Lost = _ => streams.LoseAll(),
        };
        streams.LoggedOut = _line.LogOut;
    }

    public bool IsConnected => _line.IsConnected;

    public string State => _line.State;

    /// <summary>What follows a subscription: brings the symbol at the position to life.</summary>
    public Func<int, CancellationToken, Task> Subscribed { get; set; } = (_, _) => Task.CompletedTask;

    /// <inheritdoc cref="HubLine.Scope"/>
    public CancellationToken Scope => _line.Scope;

    /// <inheritdoc cref="HubLine.RunAsync"/>
    public Task RunAsync(CancellationToken cancel) => _line.RunAsync(cancel);

    /// <inheritdoc cref="HubLine.Reconnect"/>
    public void Reconnect(string reason) => _line.Reconnect(reason);

    /// <summary>Subscribes one symbol anew on the connection there is.</summary>
    public async Task SubscribeAgainAsync(int position, string contractId, CancellationToken cancel)
    {
        if (_line.Hub is not { } hub) return;
        try
        {
            foreach (MarketChannel channel in Channels(position)) await hub.InvokeAsync("Unsubscribe" + Name(channel), contractId, cancel).ConfigureAwait(false);
        }
        catch (HubException fault)
        {
            _log.LogWarning("Market hub: {Reason}", fault.Message);
        }
        await SubscribeAsync(hub, position, cancel).ConfigureAwait(false);
    }

    private void SubscribeAll(IHub hub, CancellationToken scope)
    {
        for (int i = 0; i < _streams.Count; i++)
        {
            int position = i;
            _background.Run(stop => SubscribeAsync(hub, position, stop), scope);
        }
    }

    private async Task SubscribeAsync(IHub hub, int position, CancellationToken cancel)
    {
        var delay = new ReconnectDelay(_options.Hub, _chance);
        while (true)
        {
            await Task.Delay(delay.Next(), _time, cancel).ConfigureAwait(false);
            try
            {
                foreach (MarketChannel channel in Channels(position)) await hub.InvokeAsync("Subscribe" + Name(channel), _streams.Contracts[position], cancel).ConfigureAwait(false);
                break;
            }
            catch (HubException fault)
            {
                _log.LogWarning("Market hub: {Reason} Trying again.", fault.Message);
            }
        }
        await Subscribed(position, cancel).ConfigureAwait(false);
    }

    private MarketChannel[] Channels(int position) => _streams.Read(position, stream => stream.HasDepth)
        ? [MarketChannel.Quotes, MarketChannel.Trades, MarketChannel.Depth]
        : [MarketChannel.Quotes, MarketChannel.Trades];

    private static string Name(MarketChannel channel) => channel switch
    {
        MarketChannel.Quotes => "ContractQuotes",
        MarketChannel.Trades => "ContractTrades",
        _ => "ContractMarketDepth",
    };
}
