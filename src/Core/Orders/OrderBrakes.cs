using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>What holds a strategy's orders back, beside its wish and the risk rules.</summary>
internal struct OrderBrakes
{
    /// <summary>From an overfill until an operator acknowledges it: its orders only reduce what it holds.</summary>
    public bool IsReduceOnly;

    /// <summary>When a refused order that only reduces is tried again.</summary>
    public Backoff Again;

    /// <summary>Whether the broker refuses its orders again and again.</summary>
    public RejectCircuit Circuit;

    /// <summary>What its next order is measured against.</summary>
    public DecidedPrice Decided;

    /// <summary>Something limits what may be sent for it: it is looked at closely before an order.</summary>
    public readonly bool IsOn => IsReduceOnly || Circuit.IsOpen;

    /// <summary>It says something new: what was put off is void, and what follows is decided on anew.</summary>
    public void OnWish()
    {
        Again.Clear();
        Decided = default;
    }

    /// <summary>Whether a signed quantity only brings the strategy's position nearer to flat.</summary>
    public static bool Reduces(StrategySlot slot, decimal quantity)
    {
        decimal held = slot.Position.Quantity;
        return !held.IsZero && quantity.IsAboveZero != held.IsAboveZero && Math.Abs(quantity) <= Math.Abs(held);
    }

    /// <summary>What would reduce the position was denied or refused: the wish for it is tried again, because the strategy would not say it again.</summary>
    /// <param name="wasSent">False where nothing left.</param>
    public static void PutOff(OutputBuffer outputs, StrategySlot slot, string why, bool wasSent = true)
    {
        slot.IsBlocked = true;
        Timestamp due = slot.Brakes.Again.Set(outputs.Time, wasSent);
        if (!wasSent) slot.Brakes.Circuit.OnNotSent(due);
        slot.Market.WakeAt(due);
        outputs.AddAlert(slot.Market.Index, $"{slot.Name}: reducing {slot.Position.Quantity} {slot.Instrument.Symbol} failed ({why}); it is tried again in {(due - outputs.Time).TotalSeconds:0} s.");
    }

    /// <summary>Lets go on what is due, the next try or the next probe of a broker that refuses, and asks to be called for what is not.</summary>
    public static void Release(StrategySlot slot, Timestamp now)
    {
        ref OrderBrakes brakes = ref slot.Brakes;
        if (brakes.Again.TakeDue(now))
        {
            slot.IsBlocked = false;
            slot.Market.NeedsDecision = true;
        }
        if (brakes.Again.IsSet) slot.Market.WakeAt(brakes.Again.Due);
        if (!brakes.Circuit.IsOpen) return;
        if (now < brakes.Circuit.ProbeAt) slot.Market.WakeAt(brakes.Circuit.ProbeAt);
        else slot.Market.NeedsDecision = true;
    }
}
