using System.Globalization;
using System.Threading.Channels;
using Tradewind.Brokers.ProjectX;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Model;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Conformance.ProjectX;

/// <summary>A login, a feed and the broker at a ProjectX gateway.</summary>
internal sealed class ProjectXSession : IVenueSession
{
    private readonly ProjectXLogin _login;
    private readonly ProjectXFeed _feed;
    private readonly Instrument _instrument;
    private readonly ProjectXBrokerOptions _options;
    private readonly Func<ChannelWriter<FeedInput>, CancellationToken, Task>? _market;

    private ProjectXSession(ProjectXLogin login, ProjectXFeed feed, ProjectXAccount account, Instrument instrument, ProjectXBrokerOptions options, Func<ChannelWriter<FeedInput>, CancellationToken, Task>? market)
    {
        (_login, _feed, _instrument, _options, _market) = (login, feed, instrument, options, market);
        StartingCash = account.Balance;
        Broker = new ProjectXBroker(login, account, [instrument], options);
    }

    /// <summary>Everything that the synchroniser waits for comes sooner than in the wild: what is waited for is the same.</summary>
    public static SyncOptions Impatient { get; } = new()
    {
        CompareWorking = TimeSpan.FromSeconds(1),
        CompareIdle = TimeSpan.FromSeconds(1.5),
        Quiet = TimeSpan.FromMilliseconds(50),
        QuietPatience = TimeSpan.FromSeconds(1),
        Grace = TimeSpan.FromMilliseconds(300),
        ProofSpacing = TimeSpan.FromMilliseconds(300),
        Distrust = TimeSpan.FromSeconds(2),
        RequestTimeout = TimeSpan.FromSeconds(2),
        RetryWait = TimeSpan.FromMilliseconds(100),
        MaxRetryWait = TimeSpan.FromMilliseconds(500),
        RestrictedWait = TimeSpan.FromSeconds(1),
        MaxPause = TimeSpan.FromSeconds(30),
    };

    public IBroker Broker { get; }

    public decimal StartingCash { get; }

    public bool SyncsFirst => true;

    public string? ClientIdOf(long order) => string.Create(CultureInfo.InvariantCulture, $"tw-{_options.Session}-{order}");

    /// <param name="account">Number or name; null for the only one.</param>
    /// <param name="market">Delivers market data in the feed's place; null for the feed.</param>
    public static async Task<ProjectXSession> ConnectAsync(
        ProjectXOptions options, Instrument instrument, string? account, ProjectXBrokerOptions trading, Func<ChannelWriter<FeedInput>, CancellationToken, Task>? market, CancellationToken cancel)
    {
        var login = new ProjectXLogin(options);
        var feed = new ProjectXFeed(login);
        try
        {
            await feed.PrepareAsync([instrument], cancel).ConfigureAwait(false);
            return new(login, feed, await login.ChooseAccountAsync(account, cancel).ConfigureAwait(false), instrument, trading, market);
        }
        catch
        {
            await feed.DisposeAsync().ConfigureAwait(false);
            login.Dispose();
            throw;
        }
    }

    public Task RunFeedAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel) =>
        _market is null ? _feed.RunAsync([new(0, _instrument)], inbox, cancel) : _market(inbox, cancel);

    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync().ConfigureAwait(false);
        _login.Dispose();
    }
}
