using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>Takes in bars of the past, or of a gap that is being filled: they go into the bars in progress, and no strategy acts on what they finish.</summary>
internal sealed class HistoryDesk(OutputBuffer outputs, StrategyCalls strategies)
{
    public void On(MarketState market, in Bar bar)
    {
        foreach (Series series in market.Series)
        {
            if (series.IsFinerThan(in bar))
            {
                series.Take(in bar);
                strategies.Recall(series);
            }
            else if (series.Builder.TakesBars)
            {
                Build(market, series, in bar);
            }
            series.HasClosed = false;
        }
        market.HasClosedBars = false;
        market.Curve?.Take(in bar);
    }

    private void Build(MarketState market, Series series, in Bar bar)
    {
        int closed = series.Builder.Add(in bar, out Bar first, out Bar second);
        if (closed > 0) Take(market, series, in first);
        if (closed > 1) Take(market, series, in second);
    }

    private void Take(MarketState market, Series series, in Bar closed)
    {
        series.Take(in closed);
        outputs.Add(market.Index, new BarClosed(closed, series.Timeframe, series.Index));
        strategies.Recall(series);
    }
}
