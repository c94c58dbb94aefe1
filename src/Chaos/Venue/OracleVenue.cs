using Tradewind.Chaos.Faults;
using Tradewind.Chaos.World;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Venue;

/// <summary>
/// A plain venue that knows what really happened: orders, executions, positions. Market orders fill at the last price, limits when the market trades at or
/// through them, stops when it trades at or through their trigger. Its network is somebody else's business.
/// </summary>
public sealed class OracleVenue(Agenda agenda, Chance chance, FaultMix mix, IReadOnlyList<Instrument> instruments, IVenueListener listener)
{
    public const decimal FeePerUnit = 1.25m;

    private const long FirstExecution = 5_000_000_000;

    private readonly Dictionary<string, TrueOrder> _byVenueId = [];
    private readonly Dictionary<string, TrueOrder> _byClientId = [];
    private readonly List<TrueOrder>[] _working = [.. instruments.Select(_ => new List<TrueOrder>())];
    private readonly decimal[] _last = new decimal[instruments.Count];
    private readonly decimal[] _net = new decimal[instruments.Count];
    private readonly decimal[] _cost = new decimal[instruments.Count];
    private long _nextOrder = 3_000_000_000;
    private long _nextExecution = FirstExecution;

    public List<TrueOrder> Orders { get; } = [];

    /// <summary>All executions, voided ones among them.</summary>
    public List<VenueFill> Fills { get; } = [];

    public bool CanTrade { get; private set; } = true;

    /// <summary>Where in <see cref="Fills"/> an execution is; below 0 for one that was never made.</summary>
    public int IndexOf(long execution) => execution >= FirstExecution && execution < _nextExecution ? (int)(execution - FirstExecution) : -1;

    public decimal NetOf(int instrument) => _net[instrument];

    /// <summary>Units that working protective stops of one side would trade.</summary>
    public decimal StopsOf(int instrument, Side side) => _working[instrument].Where(order => order.ClientId is not null && order.Terms.Purpose == OrderPurpose.StopLoss && order.Terms.Side == side).Sum(order => order.Remaining);

    public decimal LastOf(int instrument) => _last[instrument];

    public TrueOrder? ByClientId(string clientId) => _byClientId.GetValueOrDefault(clientId);

    public TrueOrder? ByVenueId(string venueId) => _byVenueId.GetValueOrDefault(venueId);

    public VenueAccount AccountRow => new(100_000m, CanTrade);

    public IEnumerable<VenuePosition> PositionRows()
    {
        for (int i = 0; i < _net.Length; i++)
        {
            if (_net[i] != 0) yield return PositionRow(i);
        }
    }

    /// <param name="clientId">Null for an order of somebody else.</param>
    /// <param name="intent">The order's number in the program; 0 for an order of somebody else.</param>
    public VenueAnswer Place(string? clientId, int instrument, in OrderTerms terms, long intent = 0)
    {
        if (clientId is not null && _byClientId.ContainsKey(clientId))
        {
            mix.Strikes.HitOrder(Fault.F15, agenda.Now, clientId);
            return VenueAnswer.IdInUse("Order rejected: custom tag is already in use.");
        }
        var order = new TrueOrder((_nextOrder++).ToString(System.Globalization.CultureInfo.InvariantCulture), clientId, instrument, in terms, agenda.Now) { Intent = intent };
        Orders.Add(order);
        _byVenueId.Add(order.VenueId, order);
        if (clientId is not null) _byClientId.Add(clientId, order);
        if (RefusalOf(order) is { } refusal)
        {
            order.State = VenueOrderState.Rejected;
            listener.OnOrder(order);
            return VenueAnswer.Refused(refusal, order.VenueId);
        }
        order.State = VenueOrderState.Pending;
        agenda.After(chance.Around(TimeSpan.FromMilliseconds(2)), () => Start(order));
        return VenueAnswer.Taken(order.VenueId);
    }

    public VenueAnswer Cancel(string venueId)
    {
        if (_byVenueId.GetValueOrDefault(venueId) is not { } order) return VenueAnswer.NotFound("Order not found.");
        if (!order.IsLive) return VenueAnswer.NotFound("Order is not open.");
        if (order.IsChanging) return VenueAnswer.InDoubt("Order is pending.");
        order.IsChanging = true;
        order.IsModifying = false;
        TimeSpan takes = mix[FaultKind.CancelSlow] > 0 && chance.Happens(mix[FaultKind.CancelSlow] * 5) ? TimeSpan.FromSeconds(chance.Even() * 5) : chance.Around(TimeSpan.FromMilliseconds(2));
        agenda.After(takes, () => EndLive(order, VenueOrderState.Canceled));
        return VenueAnswer.Taken(venueId);
    }

    public VenueAnswer Modify(string venueId, OrderTerms terms)
    {
        if (_byVenueId.GetValueOrDefault(venueId) is not { } order) return VenueAnswer.NotFound("Order not found.");
        if (!order.IsLive) return VenueAnswer.NotFound("Order is not open.");
        if (order.IsChanging || order.State == VenueOrderState.Pending) return VenueAnswer.Refused("Order is pending.");
        if (terms.Quantity <= order.Filled) return VenueAnswer.Refused("The size is below what is filled.");
        order.IsChanging = order.IsModifying = true;
        agenda.After(chance.Happens(mix[FaultKind.ModifySlow] * 5) ? TimeSpan.FromSeconds(chance.Even() * 5) : chance.Around(TimeSpan.FromMilliseconds(2)), () => Apply(order, terms));
        return VenueAnswer.Taken(venueId);
    }

    /// <summary>The market traded.</summary>
    public void OnTrade(int instrument, decimal price)
    {
        _last[instrument] = price;
        List<TrueOrder> working = _working[instrument];
        for (int i = 0; i < working.Count; i++)
        {
            int before = working.Count;
            Meet(working[i], price);
            if (working.Count < before) i--;
        }
    }

    /// <summary>The venue ends a working order by itself.</summary>
    public void EndLive(TrueOrder order, VenueOrderState state)
    {
        order.IsChanging = false;
        if (!order.IsLive) return;
        order.State = state;
        order.Updated = agenda.Now;
        _working[order.Instrument].Remove(order);
        listener.OnOrder(order);
    }

    public void SetCanTrade(bool canTrade)
    {
        CanTrade = canTrade;
        listener.OnAccount(AccountRow);
    }

    /// <summary>The position changes without an execution: a transfer, a correction, an assignment.</summary>
    public void Move(int instrument, decimal signed)
    {
        mix.Strikes.Hit(Fault.F24, agenda.Now);
        Hold(instrument, signed, _last[instrument]);
        listener.OnPosition(PositionRow(instrument));
    }

    /// <summary>New orders are rejected, and nothing trades, until <see cref="Resume"/>.</summary>
    public void Halt() => IsHalted = true;

    public void Resume() => IsHalted = false;

    public bool IsHalted { get; private set; }

    /// <summary>Takes an execution back.</summary>
    public void Bust(int index)
    {
        VenueFill fill = Fills[index];
        if (fill.IsVoided) return;
        mix.Strikes.Hit(Fault.F22, agenda.Now);
        fill = fill with { IsVoided = true };
        Fills[index] = fill;
        Hold(fill.Instrument, -fill.SignedQuantity, fill.Price);
        listener.OnFill(in fill);
        listener.OnPosition(PositionRow(fill.Instrument));
    }

    private string? RefusalOf(TrueOrder order)
    {
        OrderTerms terms = order.Terms;
        bool reduces = _net[order.Instrument] * terms.SignedQuantity < 0 && terms.Quantity <= Math.Abs(_net[order.Instrument]);
        if (!CanTrade && !reduces) return "The account may not trade.";
        if (order.ClientId is null) return null;
        if (IsHalted)
        {
            mix.Strikes.Hit(Fault.F82, agenda.Now);
            return "The market is halted.";
        }
        decimal last = _last[order.Instrument];
        if (terms.Type is OrderType.Stop or OrderType.StopLimit && (terms.Side == Side.Buy ? terms.StopPrice <= last : terms.StopPrice >= last)) return "Invalid price. Price is outside allowed range.";
        if (!chance.Happens(mix[FaultKind.OrderRejected])) return null;
        mix.Strikes.Hit(Fault.F13, agenda.Now);
        return "The order was rejected.";
    }

    private void Start(TrueOrder order)
    {
        if (order.State != VenueOrderState.Pending) return;
        order.State = VenueOrderState.Working;
        order.Updated = agenda.Now;
        _working[order.Instrument].Add(order);
        listener.OnOrder(order);
        Meet(order, _last[order.Instrument]);
        bool isImmediate = order.Terms.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok;
        if (isImmediate) EndLive(order, VenueOrderState.Canceled);
        if (order.IsLive && chance.Happens(mix[FaultKind.OrderEndedByVenue])) agenda.After(chance.Around(TimeSpan.FromSeconds(3)), () => EndByItself(order));
    }

    private void EndByItself(TrueOrder order)
    {
        if (order.IsLive) mix.Strikes.Hit(Fault.F14, agenda.Now);
        EndLive(order, chance.Happens(0.5) ? VenueOrderState.Expired : VenueOrderState.Canceled);
    }

    private void Apply(TrueOrder order, in OrderTerms terms)
    {
        order.IsChanging = false;
        if (!order.IsLive) return;
        order.Terms = order.Terms with { Quantity = Math.Max(terms.Quantity, order.Filled), LimitPrice = terms.LimitPrice, StopPrice = terms.StopPrice };
        order.Updated = agenda.Now;
        listener.OnOrder(order);
        if (order.Remaining <= 0) EndLive(order, VenueOrderState.Filled);
        else Meet(order, _last[order.Instrument]);
    }

    private void Meet(TrueOrder order, decimal price)
    {
        OrderTerms terms = order.Terms;
        bool isBuy = terms.Side == Side.Buy;
        if (terms.Type is OrderType.Stop or OrderType.StopLimit && !order.IsTriggered)
        {
            if (isBuy ? price < terms.StopPrice : price > terms.StopPrice) return;
            order.IsTriggered = true;
        }
        bool isBounded = terms.Type is OrderType.Limit or OrderType.StopLimit;
        if (isBounded && (isBuy ? price > terms.LimitPrice : price < terms.LimitPrice)) return;
        while (order.IsLive && order.Remaining > 0)
        {
            bool isPart = order.Remaining > 1 && mix[FaultKind.PartialFills] > 0 && terms.TimeInForce != TimeInForce.Fok && chance.Happens(0.5);
            Fill(order, isPart ? 1 + chance.Below((int)order.Remaining - 1) : order.Remaining, isBounded ? terms.LimitPrice : price);
            if (isPart && chance.Happens(0.6))
            {
                if (!isBounded) agenda.After(chance.Around(TimeSpan.FromMilliseconds(300)), () => { if (order.IsLive) Meet(order, _last[order.Instrument]); });
                return;
            }
        }
    }

    private void Fill(TrueOrder order, decimal quantity, decimal price)
    {
        bool isTooMuch = quantity == order.Remaining && chance.Happens(mix[FaultKind.Overfill] * 0.1);
        if (isTooMuch) quantity++;
        order.Filled += quantity;
        order.FilledValue += quantity * price;
        if (order.Remaining <= 0)
        {
            order.State = VenueOrderState.Filled;
            _working[order.Instrument].Remove(order);
        }
        var fill = new VenueFill(_nextExecution++, order.VenueId, order.Instrument, order.Terms.Side, quantity, price, quantity * FeePerUnit, agenda.Now);
        Fills.Add(fill);
        Strike(order, in fill, isTooMuch);
        Hold(order.Instrument, fill.SignedQuantity, price);
        listener.OnOrder(order);
        listener.OnFill(in fill);
        listener.OnPosition(PositionRow(order.Instrument));
        if (mix[FaultKind.TradeBusted] > 0 && chance.Happens(mix[FaultKind.TradeBusted] * 0.2))
        {
            int index = Fills.Count - 1;
            agenda.After(chance.Around(TimeSpan.FromSeconds(5)), () => Bust(index));
        }
    }

    private void Strike(TrueOrder order, in VenueFill fill, bool isTooMuch)
    {
        Strikes strikes = mix.Strikes;
        if (order.ClientId is null)
        {
            strikes.HitExecution(Fault.F20, agenda.Now, fill.ExecutionId);
            strikes.HitExecution(Fault.F23, agenda.Now, fill.ExecutionId);
            return;
        }
        if (order.IsChanging) strikes.HitExecution(order.IsModifying ? Fault.F8 : Fault.F7, agenda.Now, fill.ExecutionId);
        if (isTooMuch) strikes.HitExecution(Fault.F21, agenda.Now, fill.ExecutionId);
        if (order.Remaining <= 0) return;
        strikes.HitExecution(Fault.F19, agenda.Now, fill.ExecutionId);
        if (order.Terms.Purpose == OrderPurpose.Target) strikes.HitExecution(Fault.F32, agenda.Now, fill.ExecutionId);
    }

    private void Hold(int instrument, decimal signed, decimal price)
    {
        decimal before = _net[instrument], after = before + signed;
        if (before == 0 || before * signed > 0) _cost[instrument] += signed * price;
        else if (after == 0) _cost[instrument] = 0;
        else if (before * after > 0) _cost[instrument] *= after / before;
        else _cost[instrument] = after * price;
        _net[instrument] = after;
    }

    private VenuePosition PositionRow(int instrument) =>
        new(instrument, _net[instrument], _net[instrument] == 0 ? 0 : Math.Round(_cost[instrument] / _net[instrument], 8));
}
