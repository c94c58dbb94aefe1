using Tradewind.Core.Market;

namespace Tradewind.Core.Model;

/// <summary>What kind of thing is traded.</summary>
public enum AssetClass : byte
{
    Future = 0,
    Equity = 1,
    Forex = 2,
    Crypto = 3,
}

/// <summary>What is traded. Prices are multiples of <see cref="TickSize"/>; one unit gains <see cref="PointValue"/> when the price rises by 1.</summary>
public sealed record Instrument
{
    private readonly decimal _tickSize;

    /// <param name="symbol">The short name used everywhere in Tradewind (ES, not a venue's contract id).</param>
    /// <param name="tickSize">Smallest price step, above 0.</param>
    /// <param name="pointValue">Money per unit and price point, above 0, in <see cref="Currency"/>.</param>
    /// <exception cref="ArgumentException">A name is empty, or a size or value is not above 0.</exception>
    public Instrument(string symbol, AssetClass assetClass, decimal tickSize, decimal pointValue, SessionCalendar calendar)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(symbol);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tickSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pointValue);
        ArgumentNullException.ThrowIfNull(calendar);
        Symbol = symbol;
        AssetClass = assetClass;
        _tickSize = tickSize;
        PointValue = pointValue;
        Calendar = calendar;
        TickSizeAsDouble = (double)tickSize;
        TicksPerPoint = 1.0 / (double)tickSize;
        PointValueAsDouble = (double)pointValue;
    }

    public string Symbol { get; }

    public AssetClass AssetClass { get; }

    public decimal TickSize => _tickSize;

    public decimal PointValue { get; }

    public SessionCalendar Calendar { get; }

    /// <summary>Words for people: "E-mini S&amp;P 500".</summary>
    public string Description { get; init; } = "";

    public string Venue { get; init; } = "";

    public string Currency { get; init; } = "USD";

    /// <summary>Smallest quantity step, above 0: 1 contract, 1 share, 0.00000001 coin.</summary>
    public decimal LotSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
            HasWholeLots = value == 1m;
        }
    } = 1m;

    /// <summary>The lot is one unit, so that every whole quantity is a multiple of it.</summary>
    public bool HasWholeLots { get; private init; } = true;

    /// <summary>Money that one unit ties up, in <see cref="Currency"/>; null means <see cref="MarginRate"/> of the notional.</summary>
    public decimal? MarginPerUnit { get; init; }

    /// <summary>Share of the notional that a position ties up when <see cref="MarginPerUnit"/> is null, 0 to 1.</summary>
    public double MarginRate { get; init; } = 1;

    public double TickSizeAsDouble { get; }

    public double TicksPerPoint { get; }

    public double PointValueAsDouble { get; }

    /// <summary>The one bridge from estimates to money: the nearest multiple of the tick size, halves away from zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The price is NaN, infinite or beyond 9e18 ticks.</exception>
    public decimal RoundToTick(double price)
    {
        double ticks = Math.Round(price * TicksPerPoint, MidpointRounding.AwayFromZero);
        if (!(Math.Abs(ticks) < 9e18)) throw new ArgumentOutOfRangeException(nameof(price), price, $"A price of {Symbol} must be a finite number.");
        return (long)ticks * _tickSize;
    }

    /// <summary>The quantity cut towards zero to a multiple of the lot size.</summary>
    public decimal RoundDownToLot(decimal quantity) => decimal.Truncate(quantity / LotSize) * LotSize;

    public bool IsOnTick(decimal price) => price % _tickSize == 0m;

    /// <summary>What a quantity is worth at a price, in <see cref="Currency"/>, never negative. An estimate for checks and shares, not money booked.</summary>
    public double Notional(double quantity, double price) => Math.Abs(quantity * price) * PointValueAsDouble;

    /// <summary>What a position of this size ties up at this price, in <see cref="Currency"/>, never negative. An estimate for checks.</summary>
    public double Margin(double quantity, double price) =>
        MarginPerUnit is { } perUnit ? Math.Abs(quantity) * (double)perUnit : Notional(quantity, price) * MarginRate;

    public override string ToString() => Symbol;
}
