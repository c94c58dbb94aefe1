namespace Tradewind.Core.Model;

/// <summary>The direction of an order or a fill. A position is long, short or flat instead.</summary>
public enum Side : byte
{
    Buy = 0,
    Sell = 1,
}

public static class SideExtensions
{
    /// <summary>+1 for a buy, -1 for a sell: what a fill of one unit does to a signed position.</summary>
    public static int Sign(this Side side) => side == Side.Buy ? 1 : -1;

    public static Side Opposite(this Side side) => side == Side.Buy ? Side.Sell : Side.Buy;
}
