using Tradewind.Chaos.Host;
using Tradewind.Core.Engine;

namespace Tradewind.Chaos.Checks;

/// <summary>Runs the journal once more through a new engine: it must come to the same outputs, and every strategy must have seen all its bars.</summary>
internal static class Replay
{
    public static void Check(TradingProgram program, Engine twin, IReadOnlyList<Restless> strategies, Action<string, string> breaks)
    {
        long[] bars = new long[twin.Options.Instruments.Count];
        foreach (Input input in program.Journal)
        {
            foreach (ref readonly Output output in twin.Process(in input))
            {
                if (output.Kind == OutputKind.BarClosed) bars[output.Instrument]++;
            }
        }
        if (twin.OutputHash != program.Engine.OutputHash) breaks("I11", "the journal leads another engine to other outputs");
        for (int i = 0; i < twin.StrategyCount; i++)
        {
            StrategyView strategy = twin.Strategy(i);
            // One that was suspended for a while has rightly missed some.
            if (strategy.Counters.Suspensions > 0) continue;
            if (strategies[i].Bars != bars[strategy.Instrument]) breaks("I13", $"strategy {i} was asked {strategies[i].Bars} times for {bars[strategy.Instrument]} bars");
        }
    }
}
