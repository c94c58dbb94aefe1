using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tradewind.Core.Model;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Auth;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.History;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Market;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;
using Tradewind.Gateway.Quirks;
using Tradewind.Gateway.Rest;
using Tradewind.Gateway.State;
using Tradewind.Gateway.Users;

namespace Tradewind.Gateway;

/// <summary>A ProjectX gateway on 127.0.0.1: REST under /api, hubs under /hubs, counters under /control.</summary>
public sealed class GatewayServer : IAsyncDisposable
{
    private readonly GatewayOptions _options;
    private readonly StateFile? _state;
    private readonly WebApplication _app;

    /// <param name="source">The market; the options that choose one are not looked at.</param>
    /// <param name="time">Real time: of the market's pace, tokens and rate limits.</param>
    /// <param name="log">Gets the web server's messages too; a filter of Warning for the category Microsoft keeps it readable.</param>
    /// <exception cref="GatewayException">The options have faults, or the source trades what the gateway does not list.</exception>
    public GatewayServer(GatewayOptions options, IMarketSource source, TimeProvider? time = null, ILoggerFactory? log = null)
        : this(Sound(options), _ => source ?? throw new ArgumentNullException(nameof(source)), OpenState(options), time, log)
    {
    }

    private GatewayServer(GatewayOptions options, Func<GatewayOptions, IMarketSource> sourceOf, StateFile? state, TimeProvider? time, ILoggerFactory? log)
    {
        _options = options;
        _state = state;
        try
        {
            IMarketSource source = sourceOf(state is { Saved.IsEmpty: false } && !options.WallClock ? options with { Start = options.Start ?? state.Saved.Time } : options);
            if (state?.Saved.Time > source.Start) throw new GatewayException($"The market begins at {source.Start}, before the state {options.StateFile} ends, at {state.Saved.Time}; choose a later start or give another file.");
            _app = Build(options, source, state, time ?? TimeProvider.System, log ?? NullLoggerFactory.Instance);
            Map(_app, options);
        }
        catch
        {
            state?.Dispose();
            throw;
        }
    }

    /// <summary>A gateway with the market that the options ask for.</summary>
    /// <param name="open">Opens the recording to play; needed with <see cref="GatewayOptions.ReplayFile"/> alone.</param>
    /// <exception cref="GatewayException">The options have faults, or the recording cannot be played.</exception>
    public static GatewayServer Create(GatewayOptions options, Func<string, Recording>? open = null, TimeProvider? time = null, ILoggerFactory? log = null)
    {
        return new(Sound(options), resumed => SourceOf(resumed, open, time ?? TimeProvider.System), OpenState(options), time, log);
    }

    /// <summary>Where clients connect to, for example http://127.0.0.1:5055/; known once started.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    public GatewayCounters Counters => Count(_app.Services);

    /// <summary>The faults that are switched on, and how often each has happened.</summary>
    public IReadOnlyList<FaultState> Faults => _app.Services.GetRequiredService<FaultDesk>().Read();

    /// <summary>Ends when the source has no more events or the gateway is stopped; faults when the source breaks.</summary>
    public Task MarketEnd => _app.Services.GetRequiredService<MarketPump>().ExecuteTask ?? Task.CompletedTask;

    /// <exception cref="GatewayException">The port cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        _app.Services.GetRequiredService<MarketPump>().Prepare();
        try
        {
            await _app.StartAsync(cancel);
        }
        catch (IOException refused) when (refused.InnerException is AddressInUseException)
        {
            throw new GatewayException($"Port {_options.Port} of 127.0.0.1 is in use by another program; stop that program or choose another port (0 takes a free one).", refused);
        }
        catch (SocketException refused)
        {
            throw new GatewayException($"Port {_options.Port} of 127.0.0.1 cannot be opened ({refused.Message}); choose another port (0 takes a free one).", refused);
        }
        BaseAddress = new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Task StopAsync(CancellationToken cancel = default) => _app.StopAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _state?.Dispose();
    }

    private static IMarketSource SourceOf(GatewayOptions options, Func<string, Recording>? open, TimeProvider time)
    {
        if (options.ReplayFile is { } file) return new ReplayMarket((open ?? throw new ArgumentNullException(nameof(open)))(file), options.Start);
        var market = new GeneratedMarket(options, time);
        return options.Rate is { } rate ? new SteadyMarket(market, rate) : market;
    }

    private static GatewayOptions Sound(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Faults() is { Count: > 0 } faults ? throw new GatewayException(string.Join(' ', faults)) : options;
    }

    private static StateFile? OpenState(GatewayOptions options) => options.StateFile is { } path ? StateFile.Open(path) : null;

    private static WebApplication Build(GatewayOptions options, IMarketSource source, StateFile? state, TimeProvider time, ILoggerFactory log)
    {
        // The empty builder reads no settings from files or the environment: the gateway behaves as its options say, wherever it is started.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        IServiceCollection services = builder.Services;
        services.AddRoutingCore();
        services.AddSingleton<IHostLifetime, CallersLifetime>();
        services.AddSingleton(log).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(options).AddSingleton(source).AddSingleton(time).AddSingleton(new QuirkSet(options.Quirks)).AddSingleton<WireForm>();
        services.AddSingleton(new TokenIssuer(options.TokenLifetime, time)).AddSingleton<TokenGate>().AddSingleton<AuthEndpoints>().AddSingleton<RateLimiter>();
        services.AddSingleton<OutboxRegistry>().AddSingleton<Exchange>();
        services.AddSingleton<CommandLog>().AddSingleton<UserFeed>().AddSingleton<AccountEndpoints>().AddSingleton<OrderEndpoints>().AddSingleton(provider => Trading(provider, state)).AddHostedService<OrderTimer>();
        services.AddSingleton<FaultDesk>().AddSingleton(provider => new RecentPast(provider.GetRequiredService<FaultDesk>(), provider.GetRequiredService<UserFeed>())).AddSingleton<TickFaults>().AddSingleton<RestFaults>().AddSingleton<TimedFaults>().AddHostedService<FaultTicker>();
        services.AddSingleton<MarketPump>().AddHostedService(provider => provider.GetRequiredService<MarketPump>());
        services.AddSingleton(typeof(HubLifetimeManager<>), typeof(OutboxLifetime<>));
        services.AddSingleton<SubscriptionFaults>().AddSignalR(hubs => hubs.AddFilter<SubscriptionFaults>());
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = TimeSpan.FromSeconds(3);
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
        return builder.Build();
    }

    private static TradingGate Trading(IServiceProvider services, StateFile? state)
    {
        var options = services.GetRequiredService<GatewayOptions>();
        Exchange exchange = services.GetRequiredService<Exchange>();
        Timestamp start = services.GetRequiredService<IMarketSource>().Start;
        RecentPast told = services.GetRequiredService<RecentPast>();
        FaultDesk faults = services.GetRequiredService<FaultDesk>();
        SavedState? saved = state is { Saved.IsEmpty: false } ? state.Saved : null;
        var venue = new TradingVenue(exchange.Products, VenueRestore.Accounts(options.Accounts, saved), options.Matching, state is null ? told : new DurableEvents(told, state), start, services.GetRequiredService<QuirkSet>(), saved);
        told.Now = () => venue.Now;
        venue.Faults = (kind, account, symbol) => faults.Strike(kind, path: null, account, symbol);
        state?.Compact(venue);
        return new(venue);
    }

    private static void Map(WebApplication app, GatewayOptions options)
    {
        IServiceProvider services = app.Services;
        var exchange = services.GetRequiredService<Exchange>();
        var pump = services.GetRequiredService<MarketPump>();
        var limiter = services.GetRequiredService<RateLimiter>();
        var gate = services.GetRequiredService<TokenGate>();
        var faults = services.GetRequiredService<RestFaults>();
        faults.Now = () => pump.PublishedUntil;
        app.Use(next => http => faults.Check(http, next));
        app.Use(next => http => limiter.Check(http, next));
        app.Use(next => http => gate.Check(http, next));
        services.GetRequiredService<AuthEndpoints>().Map(app);
        var trading = services.GetRequiredService<TradingGate>();
        var log = services.GetRequiredService<CommandLog>();
        services.GetRequiredService<AccountEndpoints>().Map(app);
        services.GetRequiredService<OrderEndpoints>().Map(app);
        var contracts = new ContractList(exchange.Products, services.GetRequiredService<QuirkSet>(), () => pump.PublishedUntil, () => trading.TickFactor);
        app.MapContracts(contracts);
        app.MapHistory(exchange, contracts, () => pump.PublishedUntil);
        app.MapHub<MarketHub>("/hubs/market").NeedsToken();
        app.MapHub<UserHub>("/hubs/user").NeedsToken();
        app.MapControl(() => Count(services), pump);
        app.MapTruth(trading, log, services.GetRequiredService<TimeProvider>());
        app.MapHand(trading, log);
        app.MapQuirks(services.GetRequiredService<QuirkSet>());
        app.MapFaults(services.GetRequiredService<FaultDesk>(), services.GetRequiredService<TimedFaults>());
    }

    private static GatewayCounters Count(IServiceProvider services) => new(
        services.GetRequiredService<MarketPump>().Read(),
        services.GetRequiredService<Exchange>().Read(),
        services.GetRequiredService<UserFeed>().Read(),
        services.GetRequiredService<OutboxRegistry>().Read(),
        new(services.GetRequiredService<RateLimiter>().Refused));
}
