using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.App.Running;

/// <summary>A market of waves in open hours, on which strategies of every kind find something to do. No chance is in it.</summary>
internal sealed class RehearsalMarket
{
    private const int TradesPerBar = 4;
    private const double TradeSize = 20;

    // In ticks: a level at which a wave is a few tenths of a percent, as in a lively market.
    private const double Level = 20_000, Wave = 60, BarsPerRadian = 7;

    private static readonly Timestamp Somewhen = Timestamp.FromUtc(2024, 3, 5, 15);

    private readonly Engine _engine;
    private readonly Timeframe _timeframe;
    private readonly long _step;
    private Timestamp _time;
    private int _trades;

    public RehearsalMarket(Engine engine, Timeframe timeframe)
    {
        _engine = engine;
        _timeframe = timeframe;
        _step = timeframe.Kind == TimeframeKind.Time ? timeframe.Amount / TradesPerBar : Timestamp.NanosecondsPerSecond;
        _time = Somewhen;
    }

    /// <summary>As many past bars as the slowest indicator needs; none of timeframes that are not of time.</summary>
    public IEnumerable<Input> Past()
    {
        if (_timeframe.Kind != TimeframeKind.Time) yield break;
        int count = WarmUp.Longest(_engine, indicator => indicator.WarmUp);
        for (int bar = -count; bar < 0; bar++)
        {
            Timestamp start = new(_time.Nanoseconds + bar * _timeframe.Amount), end = new(start.Nanoseconds + _timeframe.Amount);
            for (int i = 0; i < _engine.Options.Instruments.Count; i++)
            {
                double open = Price(i, bar * TradesPerBar), close = Price(i, (bar + 1) * TradesPerBar - 1);
                yield return new(i, new Bar(start, end, open, Math.Max(open, close), Math.Min(open, close), close, TradesPerBar * TradeSize), end, isHistory: true);
            }
        }
    }

    /// <summary>A quote and a trade of each instrument, as often as a bar has trades.</summary>
    public IEnumerable<Input> NextBar()
    {
        for (int trade = 0; trade < TradesPerBar; trade++, _trades++)
        {
            _time = NextOpen(new(_time.Nanoseconds + _step));
            for (int i = 0; i < _engine.Options.Instruments.Count; i++)
            {
                double price = Price(i, _trades), half = (double)_engine.Options.Instruments[i].TickSize / 2;
                yield return new(i, new Quote(_time, price - half, price + half, 0, 0));
                yield return new(i, new Trade(_time, price, TradeSize));
            }
        }
    }

    private Timestamp NextOpen(Timestamp time)
    {
        Session session = _engine.Options.Instruments[0].Calendar.SessionAt(time);
        return session.Contains(time) ? time : session.Open;
    }

    private double Price(int instrument, int trade)
    {
        double ticks = Level + Math.Round(Wave * Math.Sin(trade / (double)TradesPerBar / BarsPerRadian + instrument)) + trade % 3;
        return ticks * (double)_engine.Options.Instruments[instrument].TickSize;
    }
}
