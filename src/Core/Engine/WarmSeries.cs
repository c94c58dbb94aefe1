using Tradewind.Core.Indicators;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>Warms the indicators of a version that joins a running engine with the bars that a series kept, bar by bar, so that each bar is seen with the values of its time.</summary>
/// <remarks>They are the version's own until they are finished: those of the series are already further on.</remarks>
internal sealed class WarmSeries(Series series)
{
    private readonly Bar[] _bars = series.RecentBars();
    private readonly List<Indicator> _asked = [];
    private readonly List<Indicator> _all = [];
    private int _next;

    public void Add(Indicator indicator)
    {
        _asked.Add(indicator);
        Series.Collect(indicator, _all);
    }

    /// <summary>Takes in the bars that ended by then.</summary>
    public void UpdateTo(Timestamp end)
    {
        for (; _next < _bars.Length && _bars[_next].End <= end; _next++)
        {
            foreach (Indicator each in _all) Update(each, in _bars[_next]);
        }
    }

    private void Update(Indicator indicator, in Bar bar)
    {
        using (CallMeter.Begin(series.CallRounds))
        {
            indicator.Update(in bar);
            CallMeter.Check();
        }
    }

    /// <summary>Takes in what is left, and joins the series: an indicator that is there already is followed from now on.</summary>
    public void Finish()
    {
        UpdateTo(Timestamp.MaxValue);
        foreach (Indicator each in _asked) series.Adopt(each);
    }
}
