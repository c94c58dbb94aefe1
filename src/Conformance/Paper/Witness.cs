using System.Globalization;
using System.Threading.Channels;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live;

namespace Tradewind.Conformance.Paper;

/// <summary>Stands between an engine and a broker in its process, passes everything on, and keeps books of its own from what both say.</summary>
internal sealed class Witness(IBroker broker, Instrument instrument, decimal startingCash) : IBroker, IMarketObserver
{
    private readonly Lock _gate = new();
    private readonly List<Order> _orders = [];
    private readonly Dictionary<long, TrueState> _states = [];
    private readonly List<TrueFill> _fills = [];
    private readonly List<TrueCommand> _commands = [];

    public string Name => broker.Name;

    public BrokerCapabilities Capabilities => broker.Capabilities;

    public decimal StartingCash => startingCash;

    public static string ClientIdOf(long order) => string.Create(CultureInfo.InvariantCulture, $"paper-{order}");

    public async Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel)
    {
        Channel<FeedInput> told = Channel.CreateUnbounded<FeedInput>();
        Task inner = broker.RunAsync(told.Writer, cancel);
        while (await told.Reader.WaitToReadAsync(cancel).ConfigureAwait(false))
        {
            while (told.Reader.TryRead(out FeedInput input))
            {
                Hear(input.Input.Broker);
                await inbox.WriteAsync(input, cancel).ConfigureAwait(false);
            }
        }
        await inner.ConfigureAwait(false);
    }

    public ValueTask SubmitAsync(Order order, CancellationToken cancel)
    {
        lock (_gate)
        {
            _orders.Add(order);
            _states[order.Id.Value] = TrueState.Pending;
            _commands.Add(new(VenueCall.Submit, ClientIdOf(order.Id.Value), null, WasTaken: true));
        }
        return broker.SubmitAsync(order, cancel);
    }

    public ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel)
    {
        lock (_gate) _commands.Add(new(VenueCall.Modify, ClientIdOf(order.Id.Value), null, WasTaken: true));
        return broker.ModifyAsync(order, terms, cancel);
    }

    public ValueTask CancelAsync(Order order, CancellationToken cancel)
    {
        lock (_gate) _commands.Add(new(VenueCall.Cancel, ClientIdOf(order.Id.Value), null, WasTaken: true));
        return broker.CancelAsync(order, cancel);
    }

    public void OnMarket(in Input input) => (broker as IMarketObserver)?.OnMarket(in input);

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    public VenueTruth Truth()
    {
        lock (_gate)
        {
            (decimal net, decimal balance) = Money();
            return new(balance, net, [.. _orders.Select(Row)], [.. _fills], [.. _commands]);
        }
    }

    private void Hear(BrokerEvent told)
    {
        lock (_gate)
        {
            long id = told.Order.Value;
            if (told.Kind == BrokerEventKind.Filled)
            {
                Order order = _orders.First(each => each.Id == told.Order);
                _fills.Add(new(told.ExecutionId.ToString(CultureInfo.InvariantCulture), Number(id), order.Side, told.Quantity, told.Price, told.Fee, IsVoided: false));
                if (FilledOf(id) >= order.Quantity) _states[id] = TrueState.Filled;
            }
            _states[id] = told.Kind switch
            {
                BrokerEventKind.Accepted => TrueState.Working,
                BrokerEventKind.Rejected => TrueState.Rejected,
                BrokerEventKind.Canceled => TrueState.Canceled,
                BrokerEventKind.Expired => TrueState.Expired,
                _ => _states[id],
            };
        }
    }

    private TrueOrder Row(Order order) => new(
        order.BrokerOrderId ?? Number(order.Id.Value), ClientIdOf(order.Id.Value), _states[order.Id.Value], order.Side, order.Type, order.Quantity, FilledOf(order.Id.Value), order.LimitPrice, order.StopPrice);

    private decimal FilledOf(long order) => _fills.Where(fill => fill.OrderId == Number(order)).Sum(fill => fill.Quantity);

    /// <summary>Position, and money with profits booked when they are realised, at the mean entry price.</summary>
    private (decimal Net, decimal Balance) Money()
    {
        decimal net = 0, mean = 0, balance = startingCash;
        foreach (TrueFill fill in _fills)
        {
            decimal signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
            decimal closing = net * signed < 0 ? Math.Min(Math.Abs(net), fill.Quantity) : 0;
            balance += closing * Math.Sign(net) * (fill.Price - mean) * instrument.PointValue - fill.Fee;
            decimal after = net + signed;
            if (net * signed >= 0 && after != 0) mean = (mean * Math.Abs(net) + fill.Price * fill.Quantity) / Math.Abs(after);
            else if (after * net < 0) mean = fill.Price;
            net = after;
        }
        return (net, balance);
    }

    private static string Number(long order) => order.ToString(CultureInfo.InvariantCulture);
}
