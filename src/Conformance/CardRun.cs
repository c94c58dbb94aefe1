using System.Globalization;
using Tradewind.Conformance.Desk;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Live;

namespace Tradewind.Conformance;

/// <summary>What a card's script acts and looks with: a program that trades through the broker under test, and the venue behind it.</summary>
public sealed class CardRun : IAsyncDisposable
{
    private const int SaidLines = 60;

    private readonly List<string> _measured = [];
    private readonly CancellationToken _cancel;
    private readonly string _session;
    private TradingDesk _desk;
    private int _starts = 1;

    private CardRun(ITestVenue venue, TradingDesk desk, string session, CancellationToken cancel) => (Venue, _desk, _session, _cancel) = (venue, desk, session, cancel);

    /// <summary>The longest that anything is waited for.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    public ITestVenue Venue { get; }

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<string> Measured => _measured;

    /// <summary>What the engine holds now.</summary>
    public Standing Now => _desk.Book.Now;

    public BrokerHealth Health => _desk.Broker.Health;

    /// <summary>The last that the engine heard and said, in words.</summary>
    public string Story => string.Join('\n', _desk.Book.Said.TakeLast(SaidLines));

    /// <param name="session">Names the program towards the venue, so that ids of orders are never used twice.</param>
    internal static async Task<CardRun> StartAsync(ITestVenue venue, string session, CancellationToken cancel) =>
        new(venue, await TradingDesk.StartAsync(venue, session, left: null, cancel).ConfigureAwait(false), session, cancel);

    /// <summary>The account agrees with the venue, and the engine sees a market.</summary>
    public Task SyncedAsync() => UntilAsync("the account is synchronised", now => now.State == AccountState.Synced && _desk.Book.Trades > 0);

    /// <summary>The venue's truth, now.</summary>
    public Task<VenueTruth> TruthAsync() => Venue.TruthAsync(_cancel);

    /// <summary>The last price and so many ticks more.</summary>
    public double Price(int ticks) => _desk.Book.LastPrice + ticks * Venue.Instrument.TickSizeAsDouble;

    /// <summary>Wishes; nothing is waited for.</summary>
    public void Wish(in Wish wish) => _desk.Wish(in wish);

    /// <summary>Wishes, and waits for the order that the engine makes of it.</summary>
    /// <returns>Its number.</returns>
    public async Task<long> OrderAsync(Wish wish)
    {
        long last = LastOrder;
        _desk.Wish(in wish);
        await UntilAsync("the engine makes an order of the wish", now => now.Orders.Any(order => order.Id > last && order.Purpose == OrderPurpose.Target)).ConfigureAwait(false);
        return Now.Orders.First(order => order.Id > last && order.Purpose == OrderPurpose.Target).Id;
    }

    public OrderLine Order(long id) => Now.Orders.First(order => order.Id == id);

    /// <summary>The id under which the venue will know an order of this number; null where the broker has none.</summary>
    public string? ClientIdOf(long order) => _desk.ClientIdOf(order);

    public Task CommandAsync(CommandKind kind) => _desk.CommandAsync(kind, _cancel).AsTask();

    /// <summary>The newest order of a purpose that is not over; null where there is none.</summary>
    public OrderLine? Leg(OrderPurpose purpose) => Now.Open.LastOrDefault(order => order.Purpose == purpose);

    /// <summary>Waits until an order has a status.</summary>
    public Task BecomesAsync(long id, OrderStatus status) => UntilAsync($"order {id} is {status}", now => now.Orders.Any(order => order.Id == id && order.Status == status));

    /// <summary>Waits until engine and venue both hold so many units.</summary>
    public async Task HoldsAsync(decimal net)
    {
        await UntilAsync($"engine and venue hold {Text(net)}", (now, truth) => now.Net == net && truth.Net == net).ConfigureAwait(false);
        Note("position", $"engine {Text(net)}, venue {Text(net)}");
    }

    public Task UntilAsync(string what, Func<Standing, bool> condition) => WaitAsync(what, () => Task.FromResult(condition(Now)));

    public Task UntilAsync(string what, Func<Standing, VenueTruth, bool> condition) => WaitAsync(what, async () => condition(Now, await TruthAsync().ConfigureAwait(false)));

    public Task UntilAsync(string what, Func<bool> condition) => WaitAsync(what, () => Task.FromResult(condition()));

    /// <summary>Waits until the market has traded so often after this.</summary>
    public Task TradesAsync(int count)
    {
        long until = _desk.Book.Trades + count;
        return UntilAsync($"the market trades {count} times", () => _desk.Book.Trades >= until);
    }

    public Task InjectAsync(Injected fault) => Venue.InjectAsync(fault, _cancel);

    public Task HealAsync() => Venue.HealAsync(_cancel);

    public Task HappenAsync(Happening happening) => Venue.HappenAsync(happening, _cancel);

    /// <summary>What was injected has come about at least so often.</summary>
    public async Task StruckAsync(int atLeast = 1)
    {
        await WaitAsync("the fault comes about", async () => await Venue.StruckAsync(_cancel).ConfigureAwait(false) >= atLeast).ConfigureAwait(false);
        Note("faults that came about", Text(await Venue.StruckAsync(_cancel).ConfigureAwait(false)));
    }

    /// <summary>The program dies and starts again with what it had written down.</summary>
    public Task RestartAsync() => RestartAsync(() => Task.CompletedTask);

    /// <param name="meanwhile">What happens while no program runs.</param>
    public async Task RestartAsync(Func<Task> meanwhile)
    {
        ArgumentNullException.ThrowIfNull(meanwhile);
        Leftover left = await _desk.CrashAsync().ConfigureAwait(false);
        await _desk.DisposeAsync().ConfigureAwait(false);
        await meanwhile().ConfigureAwait(false);
        _desk = await TradingDesk.StartAsync(Venue, string.Create(CultureInfo.InvariantCulture, $"{_session}r{_starts++}"), left, _cancel).ConfigureAwait(false);
        await UntilAsync("the orders that were left are known again", now => now.Orders.Count >= left.Carry.Orders.Count).ConfigureAwait(false);
    }

    /// <summary>Measures.</summary>
    /// <exception cref="CardFailedException">It is not what was expected.</exception>
    public void Expect<T>(string what, T expected, T found)
    {
        Note(what, Text(found));
        if (!EqualityComparer<T>.Default.Equals(expected, found)) throw new CardFailedException($"{what}: expected {Text(expected)}, found {Text(found)}.\n{Story}");
    }

    public void Note(string what, string found) => _measured.Add($"{what}: {found}");

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync().ConfigureAwait(false);

    private long LastOrder => Now.Orders.Count == 0 ? 0 : Now.Orders.Max(order => order.Id);

    private async Task WaitAsync(string what, Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_cancel);
        patience.CancelAfter(Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition().ConfigureAwait(false))
        {
            if (_desk.Loops.IsFaulted) await _desk.Loops.ConfigureAwait(false);
            if (patience.IsCancellationRequested)
            {
                _cancel.ThrowIfCancellationRequested();
                throw new CardFailedException($"It did not come about that {what}. The account is {Now.State}, the engine holds {Text(Now.Net)}, {Health}. Venue: {await TruthAsync().ConfigureAwait(false)}.\n{Story}");
            }
            await look.WaitForNextTickAsync(_cancel).ConfigureAwait(false);
        }
    }

    private static string Text<T>(T value) => value switch
    {
        null => "none",
        decimal number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
