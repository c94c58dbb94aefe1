using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Highest high and lowest low.</summary>
public readonly record struct Channel(double High, double Low)
{
    public double Middle => 0.5 * (High + Low);
}

/// <summary>Highest high and lowest low of the last n bars.</summary>
public sealed class PriceChannel(int length) : IWindow
{
    private readonly Extremes _highest = Extremes.Highest(length);
    private readonly Extremes _lowest = Extremes.Lowest(length);

    public int Length => length;

    /// <summary>The channel as it will be after pushing <paramref name="bar"/>; changes nothing.</summary>
    public Channel After(in Bar bar) => new(_highest.After(bar.High), _lowest.After(bar.Low));

    public void Push(in Bar bar)
    {
        _highest.Push(bar.High);
        _lowest.Push(bar.Low);
    }

    public void Reset()
    {
        _highest.Reset();
        _lowest.Reset();
    }

    public void Sync(Snapshot stream)
    {
        _highest.Sync(stream);
        _lowest.Sync(stream);
    }
}
