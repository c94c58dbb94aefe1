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

    /// <summary>How the stop moves by itself.</summary>
    public ExitTerms Exits;

    /// <summary>Best price since the entry, while the stop moves by itself.</summary>
    public double BestPrice;

    /// <summary>While the stop moves by itself: not before this instant.</summary>
    public Timestamp NextMove;

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

    public readonly CarriedProtection Leave() => new(_stopLoss, _takeProfit, StopOrder.Value, TakeProfitOrder.Value) { IsClosing = IsClosing, Exits = Exits.WithoutIndicators(), BestPrice = BestPrice };

    public void Take(CarriedProtection left)
    {
        (StopLoss, TakeProfit) = (left.StopLoss, left.TakeProfit);
        (StopOrder, TakeProfitOrder) = (new(left.StopOrder), new(left.TakeProfitOrder));
        (IsClosing, Exits, BestPrice) = (left.IsClosing, left.Exits, left.BestPrice);
    }

    public readonly bool IsNone => !_hasPrices && StopOrder.IsNone && TakeProfitOrder.IsNone && !IsClosing && !Exposure.IsRunning;

    /// <summary>The position is flat: what was known of it is over.</summary>
    public void End()
    {
        (StopLoss, TakeProfit, Plan) = (0m, 0m, 0);
        (Exits, BestPrice, NextMove) = (default, 0, default);
        (StopLost, TargetLost, NextAttempt) = (default, default, default);
        (IsClosing, FailedAttempts, Reminders) = (false, 0, 0);
    }
}
