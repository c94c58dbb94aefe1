using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>Best bid and ask of one contract in ticks and contracts; follows the price without grid with some inertia.</summary>
internal struct Touch
{
    /// <summary>How far the price may leave the spread before the touch moves, in ticks.</summary>
    private const double Inertia = 0.25;

    private const int WidestSpread = 15;
    private const double SpreadChangeProbability = 0.06;

    private static readonly TradeSizes Changes = new(largest: 50);

    private readonly double _extraSpread;
    private readonly double _meanSize;
    private bool _isOpen;

    /// <param name="extraSpread">Mean spread beyond one tick, in ticks.</param>
    /// <param name="meanSize">Mean contracts on each side.</param>
    public Touch(double extraSpread, double meanSize)
    {
        _extraSpread = extraSpread;
        _meanSize = meanSize;
    }

    public readonly bool IsOpen => _isOpen;

    public long Bid { get; private set; }

    public long Ask { get; private set; }

    public int BidSize { get; private set; }

    public int AskSize { get; private set; }

    /// <summary>Whether the price has left the spread so far that the touch has to follow.</summary>
    public readonly bool HasLost(double price) => price < Bid - Inertia || price > Ask + Inertia;

    /// <summary>Where the price is between bid (0) and ask (1).</summary>
    public readonly double ShareOf(double price) => Math.Min(Math.Max((price - Bid) / (Ask - Bid), 0), 1);

    /// <summary>A bid and an ask with the price between them and a geometrically distributed spread.</summary>
    public static (long Bid, long Ask) Around(double price, double extraSpread, ref SeededRandom chance)
    {
        double more = extraSpread / (1 + extraSpread);
        long spread = 1;
        while (spread < WidestSpread && chance.NextDouble() < more) spread++;
        long bid = (long)Math.Floor(price - 0.5 * (spread - 1));
        return (bid, bid + spread);
    }

    /// <summary>Sets bid and ask around the price with a newly drawn spread; a side that moves gets a new size.</summary>
    public void Centre(double price, ref SeededRandom chance)
    {
        (long bid, long ask) = Around(price, _extraSpread, ref chance);
        bool bidMoves = bid != Bid || !_isOpen;
        bool askMoves = ask != Ask || !_isOpen;
        Bid = bid;
        Ask = ask;
        _isOpen = true;
        if (bidMoves) BidSize = DrawSize(ShareOf(price), ref chance);
        if (askMoves) AskSize = DrawSize(1 - ShareOf(price), ref chance);
    }

    /// <summary>An order comes or goes at the touch, or the spread changes.</summary>
    public void Change(double price, ref SeededRandom chance)
    {
        if (HasLost(price) || chance.NextDouble() < SpreadChangeProbability) Centre(price, ref chance);
        double share = ShareOf(price);
        if (chance.NextDouble() < 0.5) BidSize = Changed(BidSize, share, ref chance);
        else AskSize = Changed(AskSize, 1 - share, ref chance);
    }

    /// <summary>Takes the traded contracts from the side that was hit; a side that is used up is filled by others at the same price.</summary>
    public void Take(Aggressor aggressor, int size, double price, ref SeededRandom chance)
    {
        if (aggressor == Aggressor.Buyer) AskSize = size < AskSize ? AskSize - size : DrawSize(1 - ShareOf(price), ref chance);
        else BidSize = size < BidSize ? BidSize - size : DrawSize(ShareOf(price), ref chance);
    }

    private readonly int Changed(int size, double share, ref SeededRandom chance)
    {
        double target = TargetSize(share);
        int change = Changes.Draw(ref chance);
        if (size > 1 && chance.NextDouble() * (size + target) < size) return Math.Max(1, size - change);
        return size + change;
    }

    private readonly int DrawSize(double share, ref SeededRandom chance) => 1 + (int)(TargetSize(share) * (0.35 + 0.65 * chance.NextExponential()));

    /// <summary>The side away from which the price leans is the longer one.</summary>
    private readonly double TargetSize(double share) => _meanSize * (0.4 + 1.2 * share);
}
