using System.Globalization;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>What an engine would hold after the inputs that it was given: plain sums, and a complaint about every input that makes no sense.</summary>
internal sealed class EngineBooks
{
    private readonly Dictionary<long, decimal> _executions = [];
    private Timestamp _now;
    private readonly HashSet<long> _inFills = [];

    /// <summary>Everything that was booked, with its time by the inputs.</summary>
    public List<RememberedExecution> Remembered { get; } = [];

    public Dictionary<OrderId, BookedOrder> Orders { get; } = [];

    public Dictionary<int, decimal> Net { get; } = [];

    public Dictionary<int, decimal> External { get; } = [];

    public AccountState State { get; private set; } = AccountState.Synced;

    public List<AccountState> States { get; } = [];

    public decimal Balance { get; private set; }

    public List<string> Log { get; } = [];

    public List<string> Notices { get; } = [];

    public List<string> Complaints { get; } = [];

    public List<AccountEvent> Adjustments { get; } = [];

    /// <summary>What is booked under an execution number, signed; 0 when it is not, or not any more.</summary>
    public decimal Booked(long execution) => _executions.GetValueOrDefault(execution);

    public IEnumerable<long> Executions => _executions.Where(execution => execution.Value != 0m).Select(execution => execution.Key);

    public void Take(in Input input)
    {
        Log.Add(Words(in input));
        _now = input.Time;
        if (input.Kind == InputKind.Broker) Take(in input.Broker, input.Text);
        else Take(input.Instrument, in input.Account, input.Text);
    }

    private void Take(in BrokerEvent told, string? text)
    {
        if (!Orders.TryGetValue(told.Order, out BookedOrder? order))
        {
            Complaints.Add($"order {told.Order} was never sent: {told}");
            return;
        }
        if (told.Kind == BrokerEventKind.StopMoved) order.StopMoves.Add(told.Price);
        if (told.Kind is BrokerEventKind.Filled or BrokerEventKind.Busted) Book(order, in told);
        else if (order.End != BrokerEventKind.None && told.Kind != BrokerEventKind.Found) Complaints.Add($"{told.Kind} of order {told.Order} after {order.End}");
        else order.Take(told.Kind, text);
    }

    private void Book(BookedOrder order, in BrokerEvent told)
    {
        bool isBust = told.Kind == BrokerEventKind.Busted;
        decimal signed = order.Intent.Side.Sign() * (isBust ? -told.Quantity : told.Quantity);
        if (told.Quantity <= 0m || told.Price == 0m) Complaints.Add($"a fill of nothing, or for nothing: {told}");
        if (!isBust && !_inFills.Add(told.ExecutionId)) Complaints.Add($"execution {told.ExecutionId} was booked twice to orders");
        order.Filled += isBust ? -told.Quantity : told.Quantity;
        Add(told.ExecutionId, order.Intent.Instrument, signed);
        Remembered.Add(new(told.ExecutionId, told.Order, order.Intent.Instrument, signed, told.Price, told.Fee, _now));
        if (!isBust && order.End is not (BrokerEventKind.None or BrokerEventKind.Filled)) order.LateFills++;
        // What is executed was never absent, and works for the rest.
        if (order.End == BrokerEventKind.Absent) order.End = BrokerEventKind.None;
        order.EndIfWhole();
    }

    private void Take(int instrument, in AccountEvent told, string? text)
    {
        switch (told.Kind)
        {
            case AccountEventKind.Unsynced: Enter(AccountState.Unsynced); break;
            case AccountEventKind.Syncing: Enter(AccountState.Syncing); break;
            case AccountEventKind.Synced: Enter(AccountState.Synced); break;
            case AccountEventKind.Restricted: Enter(AccountState.Restricted); break;
            case AccountEventKind.Balance: Balance = told.Amount; break;
            case AccountEventKind.Notice: Notices.Add(text!); break;
            case AccountEventKind.ExternalFill: BookExternal(instrument, in told); break;
            case AccountEventKind.PositionAdjusted:
                Adjustments.Add(told);
                if (told.Price == 0m) Complaints.Add("a position was adopted without a price");
                Net[instrument] = Net.GetValueOrDefault(instrument) + told.Quantity;
                External[instrument] = External.GetValueOrDefault(instrument) + told.Quantity;
                break;
            default: Complaints.Add($"an account event {told.Kind}"); break;
        }
    }

    private void BookExternal(int instrument, in AccountEvent told)
    {
        if (told.Quantity == 0m) Complaints.Add("an external fill of nothing");
        External[instrument] = External.GetValueOrDefault(instrument) + told.Quantity;
        Remembered.Add(new(told.ExecutionId, default, instrument, told.Quantity, told.Price, told.Amount, _now));
        Add(told.ExecutionId, instrument, told.Quantity);
    }

    private void Add(long execution, int instrument, decimal signed)
    {
        decimal after = _executions.GetValueOrDefault(execution) + signed;
        if (Math.Abs(after) > Math.Abs(signed)) Complaints.Add($"execution {execution} is booked twice: {after}");
        _executions[execution] = after;
        Net[instrument] = Net.GetValueOrDefault(instrument) + signed;
    }

    private void Enter(AccountState state)
    {
        State = state;
        States.Add(state);
    }

    private static string Words(in Input input) => string.Create(CultureInfo.InvariantCulture, $"{input.Time} {(input.Kind == InputKind.Broker ? input.Broker : input.Account)} {input.Instrument} {input.Text}");
}

/// <summary>One order in the engine's eyes.</summary>
internal sealed class BookedOrder(OrderIntent intent)
{
    public OrderIntent Intent { get; } = intent;

    public decimal Quantity { get; set; } = intent.Quantity;

    public decimal LimitPrice { get; set; } = intent.LimitPrice;

    public decimal Filled { get; set; }

    public int LateFills { get; set; }

    /// <summary>How it ended; none while it works.</summary>
    public BrokerEventKind End { get; set; }

    public string? Text { get; set; }

    public string? VenueId { get; set; }

    /// <summary>The terms of the modification that was asked for last.</summary>
    public OrderTerms Terms { get; set; }

    /// <summary>What is in doubt of it; none when nothing is.</summary>
    public BrokerEventKind Doubt { get; set; }

    /// <summary>What is asked for and not answered: a cancel or a modification.</summary>
    public BrokerEventKind Asked { get; set; }

    public List<BrokerEventKind> Told { get; } = [];

    /// <summary>Where the venue's own trailing stop was said to stand, one after the other.</summary>
    public List<decimal> StopMoves { get; } = [];

    public void Take(BrokerEventKind kind, string? text)
    {
        Told.Add(kind);
        Text = text;
        switch (kind)
        {
            case BrokerEventKind.SubmitInDoubt or BrokerEventKind.CancelInDoubt or BrokerEventKind.ModifyInDoubt: Doubt = kind; break;
            case BrokerEventKind.Accepted:
                VenueId = text;
                if (Doubt == BrokerEventKind.SubmitInDoubt) Doubt = BrokerEventKind.None;
                break;
            case BrokerEventKind.Found:
                VenueId = text;
                End = Doubt = Asked = BrokerEventKind.None;
                break;
            case BrokerEventKind.CancelRejected or BrokerEventKind.ModifyRejected: Doubt = Asked = BrokerEventKind.None; break;
            case BrokerEventKind.Modified:
                Doubt = Asked = BrokerEventKind.None;
                Quantity = Terms.Quantity;
                LimitPrice = Terms.LimitPrice;
                break;
            case BrokerEventKind.StopMoved: break;
            default:
                End = kind;
                Doubt = Asked = BrokerEventKind.None;
                break;
        }
        EndIfWhole();
    }

    public void EndIfWhole()
    {
        decimal worst = Asked == BrokerEventKind.ModifyInDoubt ? Math.Max(Quantity, Terms.Quantity) : Quantity;
        if (End != BrokerEventKind.None || Filled < worst) return;
        End = BrokerEventKind.Filled;
        Doubt = Asked = BrokerEventKind.None;
    }
}
