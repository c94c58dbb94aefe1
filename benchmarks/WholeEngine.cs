using System.Diagnostics;
using System.Runtime.InteropServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Simulation;
using Tradewind.Simulation.Fees;
using Tradewind.Strategies.Trend;

namespace Tradewind.Benchmarks;

internal static class WholeEngine
{
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct RawBar { public long Ms; public double O, H, L, C, V; }

    public static void Run(string folder)
    {
        Bar[] bars = LoadBars(Path.Combine(folder, "bars.bin"));
        double minPlain = double.MaxValue, minEngine = double.MaxValue;
        string a = "", b = "";
        for (int i = 0; i < 40; i++)
        {
            (double plain, a) = Time(() => PlainLoop(bars));
            (double engine, b) = Time(() => EngineRun(bars));
            minPlain = Math.Min(plain, minPlain);
            minEngine = Math.Min(engine, minEngine);
        }
        Console.WriteLine($"plain {minPlain / bars.Length:F2} ns  engine {minEngine / bars.Length:F2} ns  ratio {minEngine / minPlain:F2}   {a}   {b}");
    }

    private static (double, string) Time(Func<string> work)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        string result = work();
        return (Stopwatch.GetElapsedTime(start).TotalNanoseconds, result);
    }

    private static Bar[] LoadBars(string path)
    {
        ReadOnlySpan<RawBar> raw = MemoryMarshal.Cast<byte, RawBar>(File.ReadAllBytes(path));
        Bar[] bars = new Bar[raw.Length];
        for (int i = 0; i < bars.Length; i++)
        {
            Timestamp start = Timestamp.FromUnixMilliseconds(raw[i].Ms);
            bars[i] = new(start, start + TimeSpan.FromMinutes(1), raw[i].O, raw[i].H, raw[i].L, raw[i].C, raw[i].V);
        }
        return bars;
    }

    private static string PlainLoop(Bar[] bars)
    {
        double s10 = 0, s30 = 0, cash = 100_000, peak = 100_000, maxDrawdown = 0;
        int position = 0, want = 0, fills = 0;
        for (int i = 0; i < bars.Length; i++)
        {
            ref readonly Bar bar = ref bars[i];
            if (want != position)
            {
                cash -= (want - position) * bar.Open + 1;
                position = want;
                fills++;
            }
            s10 += bar.Close;
            s30 += bar.Close;
            if (i >= 10) s10 -= bars[i - 10].Close;
            if (i >= 30) s30 -= bars[i - 30].Close;
            if (i >= 29) want = s10 * 3 > s30 ? 1 : 0;
            double equity = cash + position * bar.Close;
            if (equity > peak) peak = equity;
            double drawdown = peak - equity;
            if (drawdown > maxDrawdown) maxDrawdown = drawdown;
        }
        double final = cash + position * bars[^1].Close - 100_000;
        return $"{fills} {final:F5} {maxDrawdown:F4}";
    }

    private static string EngineRun(Bar[] bars)
    {
        var instrument = new Instrument("GEN", AssetClass.Future, 0.00001m, 1m, ContinuousCalendar.Instance);
        var engine = new Engine(new EngineOptions { Instruments = [instrument], Rules = [new MaxPosition(5), new BuyingPower()] });
        engine.Add(new MovingAverageCross(new() { Fast = 10, Slow = 30 }), 0, Timeframe.OneMinute);
        var backtest = new Backtest(engine, new VenueOptions { Fees = new PerUnit(1m) });
        backtest.Run(0, bars);
        return $"{backtest.Tally.Fills.Count} {engine.Account.ExactEquity() - 100_000m} {engine.Account.MaxDrawdown:F4} {engine.OutputHash:x16}";
    }
}
