using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Orders;

/// <summary>Where a strategy's open position is protected, by which orders, and since when it is not. Prices of 0 mean none.</summary>
internal struct Protection
{
    private decimal _stopLoss;
    private decimal _takeProfit;

    /// <summary>The wish that its prices come from; 0 for none.</summary>
    public long Plan;
    public OrderId StopOrder;
    public OrderId TakeProfitOrder;

    /// <summary>Where parts of the position are closed, nearest first, by which orders, and of what size at most it was.</summary>
    public ExactTargets Targets;
    public TargetLegs Legs;
    public decimal Largest;

    /// <summary>It has targets for parts of it, or orders of some that are over.</summary>
    public bool HasLegs;

    /// <summary>How the stop moves by itself.</summary>
    public ExitTerms Exits;

    /// <summary>Best price since the entry, while the stop moves by itself.</summary>
    public double BestPrice;

    /// <summary>While the stop moves by itself: not before this instant.</summary>
    public Timestamp NextMove;

    /// <summary>The venue moves the stop that works; and: it ended such a one, so that the engine moves the position's stop from then on.</summary>
    public bool IsVenueTrailed;
    public bool IsVenueTrailLost;

    /// <summary>When the position grew last, and at what price: newer than the market's last price, or not.</summary>
    public Timestamp Filled;
    public double FillPrice;

    /// <summary>How long the position has stood without a stop that the venue confirmed.</summary>
    public Exposure Exposure;

    /// <summary>When the venue ended a stop, and a target, that was wanted, last.</summary>
    public Timestamp StopLost;
    public Timestamp TargetLost;

    /// <summary>While closing: no further order before this instant, because the one before came to nothing.</summary>
    public Timestamp NextAttempt;

    /// <summary>Of orders that never left: the stop, the targets, and those that close.</summary>
    public UnsentPause UnsentStop;
    public UnsentPause UnsentTarget;
    public UnsentPause UnsentClose;

    private bool _hasPrices;

    /// <summary>The position is being closed at the market, whatever the strategy wishes, until it is flat.</summary>
    public bool IsClosing;

    /// <summary>Closing orders that came to nothing, one after the other.</summary>
    public byte FailedAttempts;

    /// <summary>How often it was said that a closing order is not answered.</summary>
    public byte Reminders;

    public decimal StopLoss
    {
        readonly get => _stopLoss;
        set
        {
            _stopLoss = value;
            _hasPrices = !value.IsZero || !_takeProfit.IsZero;
        }
    }

    public decimal TakeProfit
    {
        readonly get => _takeProfit;
        set
        {
            _takeProfit = value;
            _hasPrices = !value.IsZero || !_stopLoss.IsZero;
        }
    }

    /// <summary>An order to protect is at the venue, or not wanted any more.</summary>
    public void OnArrived(OrderPurpose purpose)
    {
        if (purpose == OrderPurpose.StopLoss) UnsentStop.Clear();
        else if (purpose == OrderPurpose.TakeProfit) UnsentTarget.Clear();
    }

    /// <summary>From now on parts of the position are closed there. Orders of targets before them are brought to these.</summary>
    /// <param name="size">Of the position.</param>
    public void Aim(in ExactTargets targets, decimal size)
    {
        Targets = targets;
        Largest = size;
        HasLegs |= !targets.IsNone;
        for (int i = 0; i < ExactTargets.Most; i++) Legs[i].Closed = 0m;
    }

    public readonly CarriedProtection Leave() => new(_stopLoss, _takeProfit, StopOrder.Value, TakeProfitOrder.Value)
    {
        IsClosing = IsClosing,
        Exits = Exits.WithoutIndicators(),
        BestPrice = BestPrice,
        IsVenueTrailed = IsVenueTrailed,
        Targets = LeaveTargets(),
        LargestPosition = Largest,
    };

    public void Take(CarriedProtection left)
    {
        (StopLoss, TakeProfit) = (left.StopLoss, left.TakeProfit);
        (StopOrder, TakeProfitOrder) = (new(left.StopOrder), new(left.TakeProfitOrder));
        (IsClosing, Exits, BestPrice, Largest) = (left.IsClosing, left.Exits, left.BestPrice, left.LargestPosition);
        IsVenueTrailed = left.IsVenueTrailed;
        if (left.Targets is not { } targets) return;
        HasLegs = true;
        for (int i = 0; i < ExactTargets.Most && i < targets.Count; i++)
        {
            Targets = Targets.With(i, new(targets[i].Price, targets[i].Quantity, targets[i].Fraction));
            (Legs[i].Order, Legs[i].Closed) = (new(targets[i].Order), targets[i].Closed);
        }
    }

    private readonly CarriedTarget[]? LeaveTargets()
    {
        if (!HasLegs) return null;
        var left = new CarriedTarget[ExactTargets.Most];
        for (int i = 0; i < left.Length; i++) left[i] = new(Targets[i].Price, Targets[i].Quantity, Targets[i].Fraction, Legs[i].Closed, Legs[i].Order.Value);
        return left;
    }

    public readonly bool IsNone => !_hasPrices && StopOrder.IsNone && TakeProfitOrder.IsNone && !HasLegs && !IsClosing && !Exposure.IsRunning;

    /// <summary>The position is flat: what was known of it is over.</summary>
    public void End()
    {
        (StopLoss, TakeProfit, Plan) = (0m, 0m, 0);
        (Exits, BestPrice, NextMove) = (default, 0, default);
        Aim(default, 0m);
        (StopLost, TargetLost, NextAttempt) = (default, default, default);
        (UnsentStop, UnsentTarget, UnsentClose) = (default, default, default);
        (IsClosing, FailedAttempts, Reminders) = (false, 0, 0);
        IsVenueTrailed = IsVenueTrailLost = false;
    }
}
