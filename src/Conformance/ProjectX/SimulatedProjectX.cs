using System.Globalization;
using System.Threading.Channels;
using Tradewind.Brokers.ProjectX;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Quirks;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Conformance.ProjectX;

/// <summary>The ProjectX broker against the gateway simulator on a free port of this machine, over real sockets.</summary>
public sealed class SimulatedProjectXBench : ITestBench
{
    public string Broker => "projectx";

    public CardNeeds Offers => CardNeeds.Market | CardNeeds.Faults | CardNeeds.Hand | CardNeeds.Settings | CardNeeds.Restart | CardNeeds.Commands | CardNeeds.Elsewhere;

    public async Task<ITestVenue> OpenAsync(VenueSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!Instruments.TryFind("ES", out Instrument? instrument)) throw new CardFailedException("The table of instruments lacks ES.");
        var market = new CardMarket(instrument);
        var server = new GatewayServer(OptionsOf(settings), market);
        try
        {
            await server.StartAsync(cancel).ConfigureAwait(false);
            return new SimulatedProjectX(server, market, instrument, settings.UsesOrderBrackets ? BracketUse.Auto : BracketUse.Engine, settings.UsesVenueTrails);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static GatewayOptions OptionsOf(VenueSettings settings)
    {
        var account = new AccountOptions
        {
            Balance = settings.Balance ?? 50_000m,
            Brackets = settings.HasOrderBrackets ? BracketMode.AutoOco : BracketMode.Position,
            PositionStopLoss = settings.AttachesStops ? 500m : null,
        };
        return new()
        {
            RateLimits = settings.LimitsRequests,
            TokenLifetime = settings.LoginLifetime ?? TimeSpan.FromHours(24),
            Accounts = settings.HasSecondAccount ? [account, new() { Id = AccountOptions.FirstId + 1 }] : [account],
            Quirks = [.. settings.Quirks.Select(Find)],
        };
    }

    private static Quirk Find(string name) => QuirkTable.TryFind(name, out Quirk quirk) ? quirk : throw new CardFailedException($"The simulator has no quirk {name}.");
}

/// <summary>One simulator, one market, one card.</summary>
internal sealed class SimulatedProjectX : ITestVenue
{
    /// <summary>Halts and restrictions end when they are healed, but not before.</summary>
    private const double LongSeconds = 3600;

    private readonly GatewayServer _server;
    private readonly CardMarket _market;
    private readonly SimulatorControl _control;
    private readonly BracketUse _brackets;
    private readonly bool _trails;
    private string? _contract;
    private int _struckBefore;

    public SimulatedProjectX(GatewayServer server, CardMarket market, Instrument instrument, BracketUse brackets, bool trails)
    {
        (_server, _market, Instrument, _brackets, _trails) = (server, market, instrument, brackets, trails);
        _control = new(server.BaseAddress);
    }

    public Instrument Instrument { get; }

    private string Contract => _contract ??= _server.Counters.Contracts.First(contract => contract.Symbol == Instrument.Symbol).ContractId;

    public async Task<VenueTruth> TruthAsync(CancellationToken cancel) =>
        TruthReader.Read(await _control.GetAsync($"truth?account={AccountOptions.FirstId}", cancel).ConfigureAwait(false), Contract);

    public async Task<IVenueSession> ConnectAsync(string session, AccountMemory? memory, CancellationToken cancel)
    {
        ProjectXOptions options = ProjectXOptions.At(_server.BaseAddress) with
        {
            UserName = "demo",
            ApiKey = new Secret("demo"),
            RequestTimeout = TimeSpan.FromSeconds(1),
            Hub = new() { ReconnectDelays = [TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)], LogoutDelay = TimeSpan.FromMilliseconds(100) },
        };
        var trading = new ProjectXBrokerOptions { Session = session, Sync = ProjectXSession.Impatient, Memory = memory, Brackets = _brackets, TrailingStops = _trails };
        // The feed takes some seconds to begin and has tests of its own; cards are about the broker.
        Task ShowMarketAsync(ChannelWriter<FeedInput> inbox, CancellationToken stop) => _market.ShowAsync(inbox, () => _server.Counters.Market.Time, stop);
        return await ProjectXSession.ConnectAsync(options, Instrument, AccountOptions.FirstId.ToString(CultureInfo.InvariantCulture), trading, ShowMarketAsync, cancel).ConfigureAwait(false);
    }

    public void MoveTo(int ticks) => _market.MoveTo(ticks);

    public async Task InjectAsync(Injected fault, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Dictionary<string, object> body = new() { ["fault"] = FaultWords.NameOf(fault.Fault) };
        if (fault.Times is { } times) body["count"] = times;
        if (FaultWords.IsOfStream(fault.Fault)) body["hub"] = "user";
        if (fault.Delay is { } delay) body["delay"] = delay.TotalSeconds;
        if (fault.Fault is VenueFault.TradingHalted or VenueFault.AccountRestricted or VenueFault.StreamFrozen) body["lasts"] = (fault.Lasts ?? TimeSpan.FromSeconds(LongSeconds)).TotalSeconds;
        foreach (string? path in FaultWords.PathsOf(fault.Call))
        {
            if (path is not null) body["path"] = path;
            await _control.PostAsync("faults", body, cancel).ConfigureAwait(false);
        }
    }

    public async Task HealAsync(CancellationToken cancel)
    {
        _struckBefore = await StruckAsync(cancel).ConfigureAwait(false);
        await _control.DeleteAsync("faults", cancel).ConfigureAwait(false);
    }

    public Task<int> StruckAsync(CancellationToken cancel) => Task.FromResult(_struckBefore + _server.Faults.Sum(fault => fault.Struck));

    public async Task HappenAsync(Happening happening, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(happening);
        decimal? price = happening.Ticks is { } ticks ? (decimal)CardMarket.FirstPrice + ticks * Instrument.TickSize : null;
        await (happening.Kind switch
        {
            HappeningKind.Fill => _control.PostAsync($"orders/{happening.OrderId}/fill", Filled(happening.Quantity, price), cancel),
            HappeningKind.Cancel => _control.PostAsync($"orders/{happening.OrderId}/cancel", new { }, cancel),
            HappeningKind.Expire => _control.PostAsync($"orders/{happening.OrderId}/expire", new { }, cancel),
            HappeningKind.Reject => _control.PostAsync($"orders/{happening.OrderId}/reject", new { }, cancel),
            HappeningKind.VoidFill => _control.PostAsync($"trades/{await LastFillAsync(cancel).ConfigureAwait(false)}/void", new { }, cancel),
            HappeningKind.CorrectFill => _control.PostAsync($"trades/{await LastFillAsync(cancel).ConfigureAwait(false)}/correct", new { price }, cancel),
            HappeningKind.ForeignTrade or HappeningKind.ForeignOrder => _control.PostAsync("orders", Foreign(happening, price), cancel),
            _ => throw new CardFailedException($"The simulator cannot let {happening.Kind} happen."),
        }).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _server.DisposeAsync().ConfigureAwait(false);
    }

    private static Dictionary<string, object> Filled(int quantity, decimal? price) => price is { } at ? new() { ["size"] = quantity, ["price"] = at } : new() { ["size"] = quantity };

    private Dictionary<string, object> Foreign(Happening happening, decimal? price)
    {
        Dictionary<string, object> order = new()
        {
            ["accountId"] = happening.IsInOtherAccount ? AccountOptions.FirstId + 1 : AccountOptions.FirstId,
            ["contractId"] = Instrument.Symbol,
            ["type"] = happening.Kind == HappeningKind.ForeignTrade ? 2 : 1,
            ["side"] = happening.Quantity > 0 ? 0 : 1,
            ["size"] = Math.Abs(happening.Quantity),
        };
        if (price is { } at) order["limitPrice"] = at;
        if (happening.ClientId is { } tag) order["customTag"] = tag;
        return order;
    }

    private async Task<string> LastFillAsync(CancellationToken cancel) => (await TruthAsync(cancel).ConfigureAwait(false)).Fills.Last(fill => !fill.IsVoided).Id;
}
