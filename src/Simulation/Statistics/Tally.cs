using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;

namespace Tradewind.Simulation.Statistics;

/// <summary>What is counted while a backtest runs; the statistics are made of it afterwards.</summary>
public sealed class Tally
{
    private readonly Engine _engine;
    private readonly Position[] _positions;
    private readonly List<DailyEquity> _days = [];
    private readonly List<ClosedTrade> _trades = [];
    private readonly List<BookedFill> _fills = [];
    private Timestamp _dayEnd = Timestamp.MinValue;
    private DateOnly _day;
    private double _lastEquity;

    internal Tally(Engine engine)
    {
        _engine = engine;
        _positions = [.. Enumerable.Range(0, engine.Options.Instruments.Count).Select(engine.Account.PositionOf)];
    }

    public long Orders { get; internal set; }

    /// <summary>Bars or ticks seen.</summary>
    public long Marks { get; private set; }

    /// <summary>Bars or ticks at whose end something was held.</summary>
    public long MarksInMarket { get; private set; }

    public Timestamp First { get; private set; }

    public Timestamp Last { get; private set; }

    /// <summary>Equity at the end of each trading day, the last one as far as it came.</summary>
    public IReadOnlyList<DailyEquity> Days => _days;

    public IReadOnlyList<ClosedTrade> Trades => _trades;

    public IReadOnlyList<BookedFill> Fills => _fills;

    internal void OnMark(Timestamp time)
    {
        if (time >= _dayEnd) BeginDay(time);
        Marks++;
        Last = time;
        _lastEquity = _engine.Account.Equity;
        foreach (Position position in _positions)
        {
            if (position.QuantityAsDouble == 0) continue;
            MarksInMarket++;
            break;
        }
    }

    internal void OnFill(in Output output) => _fills.Add(new(output.Time, output.Instrument, output.Fill));

    internal void OnRoundTrip(int instrument, in RoundTrip trip) => _trades.Add(new(instrument, trip));

    /// <summary>Closes the last day.</summary>
    internal void Finish()
    {
        if (Marks > 0) _days.Add(new(_day, _lastEquity));
    }

    private void BeginDay(Timestamp time)
    {
        if (Marks == 0) First = time;
        else _days.Add(new(_day, _lastEquity));
        // A bar that ends as the session closes still belongs to it.
        var session = _engine.Options.Instruments[0].Calendar.SessionAt(time - TimeSpan.FromTicks(1));
        _day = session.TradingDay;
        _dayEnd = session.Close + TimeSpan.FromTicks(1);
    }
}

/// <summary>The equity at the end of a trading day.</summary>
public readonly record struct DailyEquity(DateOnly Day, double Equity);

/// <summary>A round trip and the index of its instrument.</summary>
public readonly record struct ClosedTrade(int Instrument, RoundTrip RoundTrip);

/// <summary>A fill, when it was booked, and the index of its instrument.</summary>
public readonly record struct BookedFill(Timestamp Time, int Instrument, Fill Fill);
