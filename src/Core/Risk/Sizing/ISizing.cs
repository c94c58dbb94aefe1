using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Risk.Sizing;

/// <summary>What a sizing may look at.</summary>
/// <param name="EntryPrice">Where the position would be entered: the limit or stop price, otherwise the last price.</param>
/// <param name="StopLoss">Price of the protective stop; 0 where there is none.</param>
/// <param name="Equity">Account equity in money.</param>
public readonly record struct SizingRequest(Instrument Instrument, double EntryPrice, double StopLoss, double Equity)
{
    /// <summary>The strategy's own last closed round trips in the instrument; null unless the sizing remembers some (<see cref="ISizing.Memory"/>).</summary>
    public TradeResults? Results { get; init; }

    /// <summary>Average true range of the strategy's bars, in price; NaN until it is ready, or where the sizing asks for none (<see cref="ISizing.RangePeriod"/>).</summary>
    public double AverageRange { get; init; } = double.NaN;

    /// <summary>Money that a unit loses from the entry to the stop; without a stop all that it is worth.</summary>
    public double RiskPerUnit => (StopLoss == 0 ? Math.Abs(EntryPrice) : Math.Abs(EntryPrice - StopLoss)) * Instrument.PointValueAsDouble;

    /// <summary>Money to units, cut down to the lot; 0 where either is not above 0.</summary>
    public decimal UnitsFor(double money, double perUnit)
    {
        if (!(perUnit > 0) || !(money > 0)) return 0m;
        // A billionth more keeps 20 units that come out as 19.999999999999996 from becoming 19.
        double units = money / perUnit * (1 + 1e-9);
        return units < 1e15 ? Instrument.RoundDownToLot((decimal)units) : 0m;
    }
}

/// <summary>Turns a wish without a quantity into units. One instance may serve several engines: what it remembers is handed to it.</summary>
public interface ISizing
{
    string Name { get; }

    /// <summary>How many of a strategy's last closed round trips it looks at; 0 for none.</summary>
    int Memory => 0;

    /// <summary>Bars of the average true range that it looks at; 0 for none.</summary>
    int RangePeriod => 0;

    /// <summary>Units, a multiple of the lot size, 0 for no position.</summary>
    decimal Size(in SizingRequest request);

    /// <summary>Why the size is 0.</summary>
    SignalRefusal WhyNothing(in SizingRequest request) => SignalRefusal.SizeIsZero;
}
