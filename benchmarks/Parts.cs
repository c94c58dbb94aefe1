using BenchmarkDotNet.Attributes;
using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;
using Tradewind.Simulation;
using Tradewind.Storage.Journal;

namespace Tradewind.Benchmarks;

/// <summary>The parts of the chain by themselves, each the way the engine calls it.</summary>
/// <remarks>Alone, a part finds its code and data in the nearest cache, and its branches foretold; in the chain it costs more than here.</remarks>
public class Parts : IRiskView, IDisposable
{
    private const int Count = 65_536;

    private static readonly Instrument Instrument = new("GEN", AssetClass.Future, 0.25m, 1m, ContinuousCalendar.Instance);
    private static readonly OrderTerms Terms = new(Side.Buy, OrderType.Market, TimeInForce.Day, OrderPurpose.Target, 1m);

    private readonly Bar[] _bars;
    private readonly Trade[] _trades;
    private readonly Rsi _rsi = new(14);
    private readonly IRiskRule[] _rules = [new MaxOrderQuantity(5), new MaxPosition(5), new BuyingPower()];
    private readonly Position _position = new();
    private JournalWriter? _journal;
    private readonly decimal _amount = 5000.25m;
    private string _journalPath = "";

    public Parts()
    {
        (Bar[] bars, Trade[] trades) = GeneratedData.Make();
        (_bars, _trades) = (bars[..Count], trades[..Count]);
    }

    Timestamp IRiskView.Now => _bars[0].End;

    int IRiskView.InstrumentCount => 1;

    decimal IRiskView.Cash => 100_000m;

    double IRiskView.Equity => 100_000;

    double IRiskView.PeakEquity => 100_000;

    [Benchmark(Description = "indicator: one bar into rsi(14)", OperationsPerInvoke = Count)]
    public double UpdateIndicator()
    {
        foreach (ref readonly Bar bar in _bars.AsSpan()) _rsi.Update(in bar);
        return _rsi.Value;
    }

    [Benchmark(Description = "bar builder: one trade into bars of 1 s", OperationsPerInvoke = Count)]
    public int BuildBars()
    {
        var builder = new BarBuilder(Timeframe.OneSecond, Instrument);
        int closed = 0;
        foreach (ref readonly Trade trade in _trades.AsSpan()) closed += builder.Add(in trade, out _) ? 1 : 0;
        return closed;
    }

    [Benchmark(Description = "risk: one order asked of three rules", OperationsPerInvoke = Count)]
    public double AskRules()
    {
        double measured = 0;
        for (int i = 0; i < Count; i++)
        {
            var draft = new OrderDraft(0, Instrument, Terms, 5000, 0m, 0m, 0m);
            foreach (IRiskRule rule in _rules) measured += rule.Check(in draft, this).Measured;
        }
        return measured;
    }

    [Benchmark(Description = "orders: from a wish on each bar to its booked fill", OperationsPerInvoke = Count)]
    public int WorkOrders()
    {
        var engine = new Engine(new EngineOptions { Instruments = [Instrument], Rules = _rules });
        engine.Add(new TurnOnEachBar(), 0, Timeframe.OneMinute);
        var backtest = new Backtest(engine, new VenueOptions());
        backtest.Run(0, _bars);
        return backtest.Tally.Fills.Count;
    }

    [Benchmark(Description = "ledger: one fill into a position, every second one closes", OperationsPerInvoke = Count)]
    public decimal BookFills()
    {
        decimal realized = 0m;
        for (int i = 0; i < Count; i += 2)
        {
            realized += _position.Apply(1m, 5000.25m);
            realized += _position.Apply(-1m, 5000.50m);
        }
        return realized;
    }

    [Benchmark(Description = "hash: one amount", OperationsPerInvoke = Count)]
    public ulong HashAmounts()
    {
        var hash = new StateHash(1);
        for (int i = 0; i < Count; i++) hash.Fold(_amount);
        return hash.Value;
    }

    [IterationSetup(Target = nameof(AppendToJournal))]
    public void OpenJournal()
    {
        _journalPath = Path.Combine(Path.GetTempPath(), $"tradewind-parts-{Guid.NewGuid():N}.twj");
        _journal = new JournalWriter(_journalPath, new("parts", _bars[0].Start, "benchmark", "{}"));
    }

    [Benchmark(Description = "journal: one trade appended", OperationsPerInvoke = Count)]
    public long AppendToJournal()
    {
        long last = 0;
        foreach (ref readonly Trade trade in _trades.AsSpan()) last = _journal!.Append(new Input(0, in trade), 0);
        return last;
    }

    [IterationCleanup(Target = nameof(AppendToJournal))]
    public void Dispose()
    {
        _journal?.Dispose();
        _journal = null;
        if (_journalPath.Length > 0) File.Delete(_journalPath);
        GC.SuppressFinalize(this);
    }

    Instrument IRiskView.Instrument(int index) => Instrument;

    decimal IRiskView.Position(int index) => 0m;

    double IRiskView.Mark(int index) => 5000;

    Timestamp IRiskView.LastMarketData(int index) => _bars[0].End;

    double IRiskView.Touch(int index, Side side) => _bars[0].Close;

    Timestamp IRiskView.HaltedUntil(int index) => Timestamp.MinValue;

    bool IRiskView.IsFeedDown(int index) => false;

    decimal IRiskView.WorstPosition(int index) => 0m;

    private sealed class TurnOnEachBar : Strategy
    {
        protected override void OnBar(in Bar bar)
        {
            if (IsFlat) Buy("flat");
            else Close("held");
        }
    }
}
