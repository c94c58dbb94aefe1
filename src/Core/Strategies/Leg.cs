using Tradewind.Core.Model;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Strategies;

/// <summary>The hand of a strategy in a second instrument. What it wishes there is weighed, checked and booked like the wishes of any strategy.</summary>
public sealed class Leg
{
    private readonly LegStrategy _hand;

    internal Leg(string symbol, Strategy owner)
    {
        Symbol = symbol;
        _hand = new LegStrategy(this, owner);
    }

    public string Symbol { get; }

    public Instrument Instrument => _hand.Slot.Instrument;

    /// <summary>Signed position of the strategy in this instrument, kept from fills.</summary>
    public decimal Position => _hand.Slot.Position.Quantity;

    public bool IsFlat => _hand.Slot.Position.IsFlat;

    /// <summary>Last trade's price, or the last bar's close; NaN before the first.</summary>
    public double LastPrice => _hand.Slot.Market.Mark;

    internal Strategy Hand => _hand;

    /// <summary>Wishes to be long.</summary>
    public void Buy(string reason, double confidence = 1) => _hand.Slot.Want(SignalAction.Buy, reason, confidence);

    /// <summary>Wishes to be short, or flat where shorting is off.</summary>
    public void Sell(string reason, double confidence = 1) => _hand.Slot.Want(SignalAction.Sell, reason, confidence);

    /// <summary>Wishes to be flat.</summary>
    public void Close(string reason, double confidence = 1) => _hand.Slot.Want(SignalAction.Close, reason, confidence);

    /// <summary>A wish with prices, a quantity, protection or a validity of its own.</summary>
    public void Emit(in Wish wish) => _hand.Slot.Want(in wish);
}

/// <summary>Stands in the engine for the strategy that owns the leg, and passes the bars on to it.</summary>
internal sealed class LegStrategy(Leg leg, Strategy owner) : Strategy
{
    private readonly Leg _leg = leg;
    private readonly Strategy _owner = owner;

    protected override void OnBar(in Bar bar) => _owner.HandleLegBar(_leg, in bar);

    protected override void OnHistory(in Bar bar) => _owner.HandleLegBar(_leg, in bar);
}
