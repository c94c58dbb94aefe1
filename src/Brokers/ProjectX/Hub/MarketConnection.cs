using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Brokers.ProjectX.Streams;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>
/// One connection to the market hub at a time, made anew for ever, with a token asked for anew and every subscription repeated.
/// A subscribe call that fails is repeated on its own and holds up nobody.
/// </summary>
internal sealed class MarketConnection(
    IMarketHubFactory hubs, TokenSession session, StreamTable streams, Delivery delivery, Background background, ProjectXOptions options, Chance chance, FeedMetrics metrics, TimeProvider time, ILogger log)
{
    private const int RefusalsBelieved = 3;

    private readonly ReconnectDelay _delay = new(options.Hub, chance);
    private volatile TaskCompletionSource<string> _end = new();
    private volatile Link? _link;
    private volatile string _state = "connecting";
    private volatile bool _isLoggedOut;
    private int _refusals;

    private sealed record Link(IMarketHub Hub, CancellationToken Scope);

    public bool IsConnected => _link is not null;

    public string State => _state;

    /// <summary>What follows a subscription: brings the symbol at the position to life.</summary>
    public Func<int, CancellationToken, Task> Subscribed { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Ends with the connection there is now; canceled at once where there is none.</summary>
    public CancellationToken Scope => _link?.Scope ?? new CancellationToken(canceled: true);

    /// <summary>Runs until canceled.</summary>
    /// <exception cref="Live.FeedException">The gateway refuses user and key again and again.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        streams.LoggedOut = () =>
        {
            _isLoggedOut = true;
            Reconnect("the gateway ended the session, perhaps because another program uses the same login");
        };
        while (true)
        {
            TimeSpan wait = _delay.Next();
            if (_isLoggedOut && wait < options.Hub.LogoutDelay) wait = options.Hub.LogoutDelay;
            await Task.Delay(wait, time, cancel).ConfigureAwait(false);
            string reason = await ConnectAsync(cancel).ConfigureAwait(false);
            _state = "connecting again: " + reason;
            log.LogWarning("Market hub: {Reason}. Connecting again.", reason.TrimEnd('.'));
            streams.LoseAll();
        }
    }

    /// <summary>Gives the connection up; a new one follows.</summary>
    public void Reconnect(string reason) => _end.TrySetResult(reason);

    /// <summary>Subscribes one symbol anew on the connection there is.</summary>
    public async Task SubscribeAgainAsync(int position, string contractId, CancellationToken cancel)
    {
        if (_link is not { } link) return;
        try
        {
            foreach (MarketChannel channel in Channels(position)) await link.Hub.UnsubscribeAsync(contractId, channel, cancel).ConfigureAwait(false);
        }
        catch (HubException fault)
        {
            log.LogWarning("Market hub: {Reason}", fault.Message);
        }
        await SubscribeAsync(link.Hub, position, cancel).ConfigureAwait(false);
    }

    /// <summary>Why the connection ended or could not be made.</summary>
    private async Task<string> ConnectAsync(CancellationToken cancel)
    {
        if (_isLoggedOut) await DropTokenAsync(cancel).ConfigureAwait(false);
        _isLoggedOut = false;
        RestResult<Secret> token = await session.TokenAsync(cancel).ConfigureAwait(false);
        if (token.Failure is { } failure) return Refused(failure);
        _refusals = 0;
        _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IMarketHub hub = hubs.Create(streams.Contracts, streams, delivery);
        await using (hub.ConfigureAwait(false))
        {
            try
            {
                await hub.ConnectAsync(token.Value, cancel).ConfigureAwait(false);
            }
            catch (HubException fault)
            {
                if (fault.IsUnauthorized) await session.ReplaceAsync(token.Value, cancel).ConfigureAwait(false);
                return fault.Message;
            }
            return await StayAsync(hub, cancel).ConfigureAwait(false);
        }
    }

    private async Task<string> StayAsync(IMarketHub hub, CancellationToken cancel)
    {
        metrics.Connected();
        long start = time.GetTimestamp();
        using var scope = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _link = new(hub, scope.Token);
        _state = "connected";
        try
        {
            for (int i = 0; i < streams.Count; i++)
            {
                int position = i;
                background.Run(stop => SubscribeAsync(hub, position, stop), scope.Token);
            }
            return await (await Task.WhenAny(hub.Closed, _end.Task).WaitAsync(cancel).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            _link = null;
            await scope.CancelAsync().ConfigureAwait(false);
            _delay.Lived(time.GetElapsedTime(start));
        }
    }

    private async Task SubscribeAsync(IMarketHub hub, int position, CancellationToken cancel)
    {
        var delay = new ReconnectDelay(options.Hub, chance);
        while (true)
        {
            await Task.Delay(delay.Next(), time, cancel).ConfigureAwait(false);
            try
            {
                foreach (MarketChannel channel in Channels(position)) await hub.SubscribeAsync(streams.Contracts[position], channel, cancel).ConfigureAwait(false);
                break;
            }
            catch (HubException fault)
            {
                log.LogWarning("Market hub: {Reason} Trying again.", fault.Message);
            }
        }
        await Subscribed(position, cancel).ConfigureAwait(false);
    }

    private MarketChannel[] Channels(int position) => streams.Read(position, stream => stream.HasDepth)
        ? [MarketChannel.Quotes, MarketChannel.Trades, MarketChannel.Depth]
        : [MarketChannel.Quotes, MarketChannel.Trades];

    /// <summary>The token of an ended session is worth nothing.</summary>
    private async Task DropTokenAsync(CancellationToken cancel)
    {
        RestResult<Secret> token = await session.TokenAsync(cancel).ConfigureAwait(false);
        if (token.IsSuccess) await session.ReplaceAsync(token.Value, cancel).ConfigureAwait(false);
    }

    /// <summary>A gateway in trouble may refuse a good key once; a key that is refused again and again is none.</summary>
    private string Refused(RestFailure failure)
    {
        _refusals = LoginRefusal.IsFinal(failure) ? _refusals + 1 : 0;
        return _refusals < RefusalsBelieved ? failure.Sentence : throw LoginRefusal.Explain(failure, isLogin: true, options);
    }
}
