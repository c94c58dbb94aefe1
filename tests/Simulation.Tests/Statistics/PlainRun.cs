using Tradewind.Core.Model;

namespace Tradewind.Simulation.Tests.Statistics;

/// <summary>What a <see cref="RandomRun"/> comes to, calculated from its bars and wishes alone: fills at the next open (or at the close), a trade from flat to flat or to the other side.</summary>
internal sealed class PlainRun
{
    private readonly List<(DateOnly Day, decimal Equity)> _days = [];

    public int Fills { get; private set; }

    public decimal Fees { get; private set; }

    public decimal Position { get; private set; }

    public int BarsHeld { get; private set; }

    public decimal MaxDrawdown { get; private set; }

    public decimal MaxDrawdownRate { get; private set; }

    /// <summary>Equity at each close.</summary>
    public List<decimal> Curve { get; } = [];

    /// <summary>Net profit of each closed trade.</summary>
    public List<decimal> Trades { get; } = [];

    public static PlainRun Of(RandomRun run, bool atClose = false)
    {
        var plain = new PlainRun();
        decimal money = RandomRun.Cash, peak = RandomRun.Cash, trade = 0m;
        for (int i = 0; i < run.Bars.Count; i++)
        {
            Bar bar = run.Bars[i];
            decimal wanted = atClose ? run.Wishes[i] : i == 0 ? 0m : run.Wishes[i - 1];
            decimal price = (decimal)(atClose ? bar.Close : bar.Open);
            while (wanted != plain.Position)
            {
                // A reversal is taken apart into closing and opening: the trade's money is what was paid and got between flat and flat.
                bool reverses = wanted * plain.Position < 0;
                decimal target = reverses ? 0m : wanted;
                decimal units = target - plain.Position;
                decimal change = -units * price * RandomRun.PointValue - Math.Abs(units) * run.Commission;
                money += change;
                trade += change;
                plain.Fees += Math.Abs(units) * run.Commission;
                plain.Position = target;
                if (!reverses) plain.Fills++;
                if (target != 0m) continue;
                plain.Trades.Add(trade);
                trade = 0m;
            }
            if (plain.Position != 0m) plain.BarsHeld++;
            decimal equity = money + plain.Position * (decimal)bar.Close * RandomRun.PointValue;
            peak = Math.Max(peak, equity);
            plain.MaxDrawdown = Math.Max(plain.MaxDrawdown, peak - equity);
            plain.MaxDrawdownRate = Math.Max(plain.MaxDrawdownRate, (peak - equity) / peak);
            plain.Curve.Add(equity);
            plain.Close(DateOnly.FromDateTime((bar.Start + run.Length / 2).ToDateTimeOffset().UtcDateTime), equity);
        }
        return plain;
    }

    /// <summary>Each day's last equity over the one before, less 1; null when one of them is no base for a return.</summary>
    public double[]? DailyReturns()
    {
        decimal[] levels = [RandomRun.Cash, .. _days.Select(each => each.Equity)];
        return levels[..^1].Any(each => each <= 0m) ? null : [.. levels.Skip(1).Select((each, i) => (double)(each / levels[i] - 1m))];
    }

    private void Close(DateOnly day, decimal equity)
    {
        if (_days.Count > 0 && _days[^1].Day == day) _days.RemoveAt(_days.Count - 1);
        _days.Add((day, equity));
    }
}
