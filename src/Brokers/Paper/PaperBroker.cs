using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live;
using Tradewind.Simulation;

namespace Tradewind.Brokers.Paper;

/// <summary>Trades on paper: works orders against the live market data by the rules of <see cref="SimulatedVenue"/>, in this process and without money.</summary>
public sealed class PaperBroker : IBroker, IMarketObserver, IKeepsNoOrders
{
    private readonly SimulatedVenue _venue;
    private readonly Channel<Input> _told = Channel.CreateUnbounded<Input>(new() { SingleReader = true });
    private readonly Lock _gate = new();
    private Timestamp _now;

    public PaperBroker(IReadOnlyList<Instrument> instruments, VenueOptions options) => _venue = new SimulatedVenue(instruments, options);

    public string Name => "paper";

    public BrokerCapabilities Capabilities { get; } = new() { Modifies = true, TimesInForce = [TimeInForce.Day, TimeInForce.Gtc, TimeInForce.Gtd, TimeInForce.Ioc, TimeInForce.Fok] };

    public async Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel)
    {
        await foreach (Input told in _told.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
        {
            await inbox.WriteAsync(new(told, 0), cancel).ConfigureAwait(false);
        }
    }

    public ValueTask SubmitAsync(Order order, CancellationToken cancel)
    {
        lock (_gate)
        {
            _venue.Submit(order, _now);
            Tell();
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel)
    {
        lock (_gate)
        {
            _venue.Modify(order, _now);
            Tell();
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask CancelAsync(Order order, CancellationToken cancel)
    {
        lock (_gate)
        {
            _venue.Cancel(order, _now);
            Tell();
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>What a session before had asked and not heard of did not happen; what it had heard of goes on.</summary>
    public void Restore(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (_gate)
        {
            switch (order.Status)
            {
                case OrderStatus.Sending:
                case OrderStatus.InDoubt when order.Doubt == OrderDoubt.Submit: Answer(order, BrokerEventKind.Absent, null); break;
                case OrderStatus.CancelPending:
                case OrderStatus.InDoubt when order.Doubt == OrderDoubt.Cancel: Answer(order, BrokerEventKind.Canceled, "the paper venue ended with its session"); break;
                case OrderStatus.ModifyPending:
                case OrderStatus.InDoubt:
                    _venue.Resume(order);
                    Answer(order, BrokerEventKind.Accepted, null);
                    break;
                case OrderStatus.Working:
                case OrderStatus.PartiallyFilled: _venue.Resume(order); break;
            }
        }
    }

    public void OnMarket(in Input input)
    {
        if (input.Kind is not (InputKind.Trade or InputKind.Quote or InputKind.Timer)) return;
        lock (_gate)
        {
            _now = input.Time;
            if (input.Kind == InputKind.Trade) _venue.OnTrade(input.Instrument, in input.Trade, input.Time);
            else if (input.Kind == InputKind.Quote) _venue.OnQuote(input.Instrument, in input.Quote, input.Time);
            else _venue.ExpireAll(input.Time);
            Tell();
        }
    }

    public ValueTask DisposeAsync()
    {
        _told.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private void Answer(Order order, BrokerEventKind kind, string? text) => _told.Writer.TryWrite(new(_now, new BrokerEvent(kind, order.Id), text));

    private void Tell()
    {
        while (_venue.TryTakeEvent(out Input told)) _told.Writer.TryWrite(told);
    }
}
