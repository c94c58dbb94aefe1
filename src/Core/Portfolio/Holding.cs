using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Portfolio;

/// <summary>The account's position in one instrument and what it is worth at the last price.</summary>
internal sealed class Holding(Instrument instrument) : ISnapshot
{
    private readonly double _pointValue = instrument.PointValueAsDouble;
    private double _mark = double.NaN;
    private double _unrealized;

    public Instrument Instrument { get; } = instrument;

    public Position Position { get; } = new();

    /// <summary>NaN before the first price.</summary>
    public double Mark => _mark;

    /// <summary>Open profit in money at the mark.</summary>
    public double Unrealized => _unrealized;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Value(double price)
    {
        _mark = price;
        return _unrealized = Position.UnrealizedPoints(price) * _pointValue;
    }

    public void Sync(Snapshot stream)
    {
        Position.Sync(stream);
        stream.Sync(ref _mark);
        stream.Sync(ref _unrealized);
    }
}
