using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Simulation.Fees;
using Tradewind.Simulation.Statistics;
using Tradewind.Storage;
using Tradewind.Strategies.Trend;

namespace Tradewind.Simulation.Tests.Statistics;

/// <summary>The engine's moving-average cross against <see cref="PlainCross"/> on real data.</summary>
public sealed class MovingAverageCrossTests
{
    // Enough that buying power never denies an order, whatever the fastest pair loses.
    private const decimal Cash = 1_000_000m;

    public static TheoryData<string, string, int, int, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, int, int, string, bool>();
            foreach ((string file, string symbol) in new[] { ("es-1m-2013.csv.gz", "ES"), ("spy-1d-1998-2021.csv.gz", "SPY"), ("btcusd-1m-2018-04.csv.gz", "BTCUSD") })
            {
                foreach ((int fast, int slow) in new[] { (10, 30), (1, 2), (5, 50), (20, 21) })
                {
                    foreach (string commission in new[] { "0", "1", "2.375" })
                    {
                        cases.Add(file, symbol, fast, slow, commission, false);
                        cases.Add(file, symbol, fast, slow, commission, true);
                    }
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EqualsThePlainCalculationToTheLastDigit(string file, string symbol, int fast, int slow, string commission, bool allowShort)
    {
        string path = PlainCross.Find(file);
        decimal fee = decimal.Parse(commission, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Instruments.TryFind(symbol, out Instrument? instrument));

        PlainCross plain = PlainCross.Run(PlainCross.Read(path), fast, slow, fee, allowShort, instrument.PointValue, Cash);
        BacktestResult result = Run(path, instrument, fast, slow, fee, allowShort);

        Assert.Equal(plain.NetProfit, result.NetProfit);
        Assert.Equal(plain.Orders, result.Orders);
        Assert.Equal(plain.Fills, result.Fills);
        Assert.Equal(plain.Trades.Count, result.Trades);
        Assert.Equal(plain.Commission, result.Commission);
        Assert.Equal(plain.Position, result.OpenQuantity);
        Assert.Equal(plain.Trades.Where(each => each > 0).Sum(), result.GrossProfit);
        Assert.Equal(plain.Trades.Where(each => each < 0).Sum(), result.GrossLoss);
        Assert.Equal((double)plain.MaxDrawdown, result.MaxDrawdownAmount, 6);
        Assert.Equal((double)plain.MaxDrawdownRate, result.MaxDrawdown, 12);
    }

    [Fact]
    public void ExposureIsTheShareOfBarsHeldWhereBarsAreEquallyLong()
    {
        string path = PlainCross.Find("btcusd-1m-2018-04.csv.gz");
        Assert.True(Instruments.TryFind("BTCUSD", out Instrument? instrument));
        List<PlainBar> bars = PlainCross.Read(path);

        PlainCross plain = PlainCross.Run(bars, 10, 30, 0m, false, 1m, Cash);

        Assert.Equal((double)plain.BarsHeld / bars.Count, Run(path, instrument, 10, 30, 0m, false).Exposure!.Value, 12);
    }

    [Fact]
    public void ADailyBarIsADayWhateverTheHoursOfItsCalendar()
    {
        string path = PlainCross.Find("spy-1d-1998-2021.csv.gz");
        Assert.True(Instruments.TryFind("SPY", out Instrument? instrument));
        using MarketDataFile file = MarketDataFile.Open(path);
        Backtest backtest = Prepare(instrument, file.Timeframe!.Value, 10, 30, 0m, false, out Engine engine);

        backtest.Run(0, file.Bars.Span);
        BacktestResult.Of(engine, backtest.Tally);

        Assert.Equal(file.Bars.Span.ToArray().Select(bar => DateOnly.FromDateTime(bar.Start.ToDateTimeOffset().UtcDateTime)), backtest.Tally.Days.Select(day => day.Day));
    }

    [Fact]
    public void AFutureDayBeginsTheEveningBefore()
    {
        string path = PlainCross.Find("es-1m-2013.csv.gz");
        Assert.True(Instruments.TryFind("ES", out Instrument? instrument));
        using MarketDataFile file = MarketDataFile.Open(path);
        Backtest backtest = Prepare(instrument, file.Timeframe!.Value, 10, 30, 0m, false, out Engine engine);

        backtest.Run(0, file.Bars.Span);
        BacktestResult.Of(engine, backtest.Tally);

        // From 17:00 in Chicago on it is tomorrow; Friday's close is the week's last.
        TimeZoneInfo chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
        IEnumerable<DateOnly> days = file.Bars.Span.ToArray().Select(bar => TimeZoneInfo.ConvertTime(bar.Start.ToDateTimeOffset(), chicago).AddHours(7)).Select(time => DateOnly.FromDateTime(time.DateTime)).Distinct();
        Assert.Equal(days, backtest.Tally.Days.Select(day => day.Day));
    }

    private static BacktestResult Run(string path, Instrument instrument, int fast, int slow, decimal commission, bool allowShort)
    {
        using MarketDataFile file = MarketDataFile.Open(path);
        Backtest backtest = Prepare(instrument, file.Timeframe!.Value, fast, slow, commission, allowShort, out Engine engine);
        backtest.Run(0, file.Bars.Span);
        return BacktestResult.Of(engine, backtest.Tally);
    }

    private static Backtest Prepare(Instrument instrument, Timeframe timeframe, int fast, int slow, decimal commission, bool allowShort, out Engine engine)
    {
        engine = new Engine(new EngineOptions { Instruments = [instrument], StartingCash = Cash, AllowShort = allowShort, Rules = [new BuyingPower()] });
        engine.Add(new MovingAverageCross(new() { Fast = fast, Slow = slow }), 0, timeframe);
        return new Backtest(engine, new VenueOptions { Fees = new PerUnit(commission) });
    }
}
