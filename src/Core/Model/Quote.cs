namespace Tradewind.Core.Model;

/// <summary>The best bid and ask. A size of 0 means that the source does not tell it.</summary>
public readonly record struct Quote(Timestamp Time, double Bid, double Ask, double BidSize = 0, double AskSize = 0)
{
    public double Mid => 0.5 * (Bid + Ask);
}
