using Tradewind.Conformance.Venue;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Conformance.Desk;

/// <summary>The program around the broker under test: the real engine, runner and outbox, with one strategy that wishes what a card tells it.</summary>
internal sealed class TradingDesk : IAsyncDisposable
{
    private readonly IVenueSession _session;
    private readonly Engine _engine;
    private readonly LiveRunner _runner;
    private readonly Hand _hand = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _loops = Task.CompletedTask;

    private TradingDesk(IVenueSession session, Instrument instrument, string name)
    {
        (_session, Name) = (session, name);
        _engine = new(new()
        {
            Instruments = [instrument],
            StartingCash = session.StartingCash,
            AllowShort = true,
            StartsSynced = !session.SyncsFirst,
            PlansBrackets = session.Broker.Capabilities.Brackets,
            TrailsAtVenue = session.Broker.Capabilities.TrailingStops,
            CanModifyOrders = session.Broker.Capabilities.Modifies,
            // Faults last for some seconds, and it is another card that is about this limit.
            ProtectionLimit = TimeSpan.FromMinutes(1),
        });
        _engine.Add(_hand, 0, Timeframe.OneMinute);
        Book = new(_engine, session.ClientIdOf);
        _runner = new(_engine, new() { TimerInterval = TimeSpan.FromMilliseconds(50) }, new MemoryJournal(), session.Broker, [Book], new MarketClock(TimeProvider.System), TimeProvider.System);
    }

    public string Name { get; }

    public Book Book { get; }

    public IBroker Broker => _session.Broker;

    public string? ClientIdOf(long order) => _session.ClientIdOf(order);

    /// <summary>Faulted when the program broke.</summary>
    public Task Loops => _loops;

    /// <param name="left">What an earlier program left; null at a first start.</param>
    public static async Task<TradingDesk> StartAsync(ITestVenue venue, string name, Leftover? left, CancellationToken cancel)
    {
        IVenueSession session = await venue.ConnectAsync(name, left?.Memory, cancel).ConfigureAwait(false);
        var desk = new TradingDesk(session, venue.Instrument, name);
        desk._runner.Start();
        if (left is not null) await desk._runner.Inbox.WriteAsync(new(Input.Carry(left.Time, left.Carry), 0), cancel).ConfigureAwait(false);
        desk._loops = Task.WhenAll(EndedEarly(session.Broker.RunAsync(desk._runner.Inbox, desk._stop.Token)), EndedEarly(session.RunFeedAsync(desk._runner.Inbox, desk._stop.Token)), EndedEarly(desk._runner.Completion));
        return desk;
    }

    public void Wish(in Wish wish) => _hand.Tell(in wish);

    public ValueTask CommandAsync(CommandKind kind, CancellationToken cancel) => _runner.SendAsync(new(kind), cancel: cancel);

    /// <summary>Ends the program at once, without a word to the venue, as a crash does; what it wrote down goes on.</summary>
    public async Task<Leftover> CrashAsync()
    {
        await EndAsync().ConfigureAwait(false);
        Carry carry = Book.Leave(Name, ClientIdOf);
        return new(carry, AccountMemory.Of(carry, _ => 0), _engine.Now);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private string ClientIdOf(Order order) => order.ClientId ?? _session.ClientIdOf(order.Id.Value) ?? "";

    private async Task EndAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _session.Broker.DisposeAsync().ConfigureAwait(false);
        await _runner.DisposeAsync().ConfigureAwait(false);
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _session.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task EndedEarly(Task loop)
    {
        try
        {
            await loop.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The card is over.
        }
    }
}

/// <summary>What a program that ended leaves to the one that goes on.</summary>
internal sealed record Leftover(Carry Carry, AccountMemory Memory, Timestamp Time);
