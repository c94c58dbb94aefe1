using Tradewind.Core.Model;

namespace Tradewind.Simulation.Fills;

/// <summary>A point on a <see cref="BarPath"/>.</summary>
/// <param name="Place">0 at the bar's start to 3 at its end; the whole numbers are the corners.</param>
internal readonly record struct PathHit(double Place, double Price);

/// <summary>A guess of how the price moved within a bar: from the open to the nearer extreme, to the farther one, to the close, in straight lines of a third of the bar's time each.</summary>
/// <remarks>Where both extremes are equally near, the low comes first.</remarks>
internal readonly struct BarPath
{
    private const int Legs = 3;

    private readonly double _open;
    private readonly double _nearer;
    private readonly double _farther;
    private readonly double _close;
    private readonly long _start;
    private readonly long _length;

    public BarPath(in Bar bar)
    {
        bool isHighNearer = bar.High - bar.Open < bar.Open - bar.Low;
        _open = bar.Open;
        _nearer = isHighNearer ? bar.High : bar.Low;
        _farther = isHighNearer ? bar.Low : bar.High;
        _close = bar.Close;
        _start = bar.Start.Nanoseconds;
        _length = Math.Max(1, bar.End.Nanoseconds - _start);
    }

    public double PlaceAt(Timestamp time) => Math.Clamp((double)(time.Nanoseconds - _start) * Legs / _length, 0, Legs);

    public Timestamp TimeAt(double place) => new(_start + (long)(place / Legs * _length));

    public double PriceAt(double place)
    {
        int leg = Math.Min((int)place, Legs - 1);
        return Corner(leg) + (Corner(leg + 1) - Corner(leg)) * (place - leg);
    }

    /// <summary>The first place, from a place on, where the price is at the level or past it; there at once counts. Null where that never happens.</summary>
    public PathHit? FirstAt(double level, bool isRising, double from)
    {
        double price = PriceAt(from);
        if (isRising ? price >= level : price <= level) return new(from, price);
        for (int leg = (int)from; leg < Legs; leg++)
        {
            if (isRising ? Corner(leg + 1) >= level : Corner(leg + 1) <= level) return Cross(leg, level);
        }
        return null;
    }

    /// <summary>The first place, from a place on, after which the price is past the level, touching not being enough. The price there has not reached the level yet.</summary>
    public PathHit? FirstBeyond(double level, bool isRising, double from)
    {
        for (int leg = (int)from; leg < Legs; leg++)
        {
            if (isRising ? Corner(leg + 1) > level : Corner(leg + 1) < level) return Cross(leg, level);
        }
        return null;
    }

    private PathHit Cross(int leg, double level) => new(leg + Math.Clamp((level - Corner(leg)) / (Corner(leg + 1) - Corner(leg)), 0, 1), level);

    private double Corner(int index) => index switch { 0 => _open, 1 => _nearer, 2 => _farther, _ => _close };
}
