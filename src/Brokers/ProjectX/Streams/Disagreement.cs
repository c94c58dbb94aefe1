using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>Notices that the trades of a symbol lie beside its quotes, several of them and for more than a moment: one of the two feeds is wrong, and nobody knows which.</summary>
/// <remarks>A single print far from the market, or a quote that lags behind a fast one, is none.</remarks>
internal sealed class Disagreement(Instrument instrument, SanityOptions options, TimeProvider time)
{
    private const int Several = 3;

    private readonly double _room = options.DisagreementTicks * instrument.TickSizeAsDouble;
    private double _bid = double.NaN;
    private double _ask = double.NaN;
    private double _last = double.NaN;
    private int _beside;
    private int _agreed;
    private long _since;

    /// <summary>It was found, and several trades that agree have not come since.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>How far the last trade lies beyond bid or ask; below 0 between them.</summary>
    public double Ticks => Math.Max(_bid - _last, _last - _ask) * instrument.TicksPerPoint;

    private bool IsBeside => Math.Max(_bid - _last, _last - _ask) > _room;

    public void Quoted(double bid, double ask)
    {
        if (!(bid <= ask)) return;
        (_bid, _ask) = (bid, ask);
        // The quote has caught up.
        if (!IsBeside) _beside = 0;
    }

    public void Traded(double price, long at)
    {
        _last = price;
        if (IsBeside)
        {
            _agreed = 0;
            if (_beside++ == 0) _since = at;
            return;
        }
        _beside = 0;
        if (++_agreed >= Several) IsOpen = false;
    }

    /// <summary>True once, when it has lasted.</summary>
    public bool IsFound(long now)
    {
        if (IsOpen || _beside < Several || time.GetElapsedTime(_since, now) < options.DisagreementPatience) return false;
        return IsOpen = true;
    }

    /// <summary>Another contract: its prices have nothing to do with those before.</summary>
    public void Restart() => (_bid, _ask, _last, _beside, _agreed, IsOpen) = (double.NaN, double.NaN, double.NaN, 0, 0, false);
}
