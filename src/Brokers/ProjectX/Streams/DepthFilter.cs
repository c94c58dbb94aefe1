using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>Turns the gateway's book entries into changes of the book: 2, 4 and 9 set a bid, 1, 3 and 10 an ask, 6 empties both sides; 5, 7, 8 and 11 are no levels.</summary>
/// <remarks>The gateway documents neither the types nor which of its two sizes counts; this takes <c>volume</c>. The book is approximate: hold it against the quote.</remarks>
internal sealed class DepthFilter(PriceCheck check, Action<Doubt, int> dropped)
{
    /// <param name="lastTrade">NaN before any trade.</param>
    public bool TryRead(in DepthEntry entry, Timestamp time, double lastTrade, out DepthUpdate change)
    {
        change = new(time, Side.Buy, DepthAction.Reset, 0, 0);
        Side side;
        switch (entry.Type)
        {
            case 2 or 4 or 9: side = Side.Buy; break;
            case 1 or 3 or 10: side = Side.Sell; break;
            case 6: return true;
            case 5 or 7 or 8 or 11: return false;
            default: dropped(Doubt.DepthType, 1); return false;
        }
        change = new(time, side, DepthAction.Set, entry.Price, entry.Size);
        Doubt doubt = DoubtOf(entry, lastTrade);
        if (doubt == Doubt.None) return true;
        dropped(doubt, 1);
        return false;
    }

    private Doubt DoubtOf(in DepthEntry entry, double lastTrade)
    {
        Doubt doubt = check.Of(entry.Price);
        if (doubt != Doubt.None) return doubt;
        if (!(entry.Size >= 0 && double.IsFinite(entry.Size))) return Doubt.Size;
        return double.IsNaN(lastTrade) || check.IsNear(entry.Price, lastTrade) ? Doubt.None : Doubt.Jump;
    }
}
