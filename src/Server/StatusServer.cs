using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tradewind.Server;

/// <summary>Serves the status page, its hub and the API on the loopback address.</summary>
/// <remarks>What only shows asks for no token, what changes something does (<see cref="SessionControl"/>); requests under another host name or from another site's page are refused.</remarks>
public sealed class StatusServer : IAsyncDisposable
{
    /// <summary>How often clients get a new picture.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly WebApplication _app;
    private readonly Func<StatusReport> _report;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancel = new();
    private Task _pushing = Task.CompletedTask;

    private StatusServer(WebApplication app, Func<StatusReport> report, TimeProvider time)
    {
        _app = app;
        _report = report;
        _time = time;
    }

    /// <summary>Where it listens, with the real port.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="port">0 takes a free one.</param>
    /// <param name="report">Asked from many threads.</param>
    /// <param name="control">Takes commands; null where there is nothing to command.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<StatusServer> StartAsync(int port, Func<StatusReport> report, SessionControl? control, TimeProvider time, CancellationToken cancel)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddSignalR().AddJsonProtocol(json => WireFormat.Configure(json.PayloadSerializerOptions));
        builder.Services.ConfigureHttpJsonOptions(json => WireFormat.Configure(json.SerializerOptions));
        WebApplication app = builder.Build();
        app.Use(Guard);
        app.MapGet("/", () => Page("index.html", "text/html; charset=utf-8"));
        app.MapGet("/page.js", () => Page("page.js", "text/javascript; charset=utf-8"));
        app.MapGet("/page.css", () => Page("page.css", "text/css; charset=utf-8"));
        app.MapGet("/api/v1/status", () => report());
        app.MapHub<StatusHub>("/hubs/status");
        control?.Map(app);
        await app.StartAsync(cancel).ConfigureAwait(false);
        var server = new StatusServer(app, report, time);
        server._pushing = server.PushAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _cancel.CancelAsync().ConfigureAwait(false);
        await _pushing.ConfigureAwait(false);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
        await _app.StopAsync(limit.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _cancel.Dispose();
    }

    private async Task PushAsync()
    {
        IHubContext<StatusHub> hub = _app.Services.GetRequiredService<IHubContext<StatusHub>>();
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_cancel.Token).ConfigureAwait(false))
            {
                await hub.Clients.All.SendAsync(StatusHub.Event, _report(), _cancel.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>A page of another site may neither read nor open a socket here, whatever name it found for this address.</summary>
    private static async Task Guard(HttpContext context, RequestDelegate next)
    {
        string host = context.Request.Host.Host;
        bool isLocal = host is "127.0.0.1" or "localhost" or "[::1]";
        string origin = context.Request.Headers.Origin.ToString();
        bool isOwnPage = origin.Length == 0 || origin == $"{context.Request.Scheme}://{context.Request.Host}";
        if (!isLocal || !isOwnPage)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("This address answers only its own page on this machine.").ConfigureAwait(false);
            return;
        }
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        await next(context).ConfigureAwait(false);
    }

    private static IResult Page(string name, string type) =>
        Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!, type);
}
