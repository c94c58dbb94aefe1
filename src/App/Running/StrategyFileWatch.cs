using Tradewind.App.Commands.Developing;
using Tradewind.App.Terminal;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Live;
using Tradewind.UserCode;

namespace Tradewind.App.Running;

/// <summary>Watches the strategy files of a session: what is saved and compiles runs beside the version that trades, and takes over once its position is flat.</summary>
internal sealed class StrategyFileWatch(RunSettings settings, StrategyShelf shelf, Engine engine, LiveRunner runner, Surroundings around, Action<string> say)
{
    /// <summary>Runs until canceled.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(settings.Strategies.Where(one => one.Reference.File is not null).GroupBy(one => one.Reference.File!).Select(file => WatchAsync(file.Key, [.. file], stop)));

    private async Task WatchAsync(string file, StrategyChoice[] choices, CancellationToken stop)
    {
        string path = around.PathOf(file), seen = choices[0].Source;
        using var watch = new SourceWatch(path, around.Time);
        while (!stop.IsCancellationRequested)
        {
            await watch.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                StrategySource source = StrategySource.Read(path);
                if (source.Hash == seen) continue;
                seen = source.Hash;
                shelf.Keep(StrategySource.Of(file, source.Files), stop);
                say($"{file}: version {source.Hash[..12]} runs beside the one that trades and takes over once its position is flat.");
                foreach (int index in SlotsOf(choices)) await runner.SendAsync(new Command(CommandKind.SwapVersion, index), source.Hash, stop).ConfigureAwait(false);
            }
            catch (InputException fault)
            {
                foreach (string sentence in fault.Message.Split('\n')) say(sentence);
            }
        }
    }

    private IEnumerable<int> SlotsOf(StrategyChoice[] choices)
    {
        HashSet<(string, string)> ours = [.. choices.SelectMany(one => settings.Symbols.Where(one.Trades).Select(symbol => (one.NameOf(one.Configure(shelf)), symbol.ToUpperInvariant())))];
        return Enumerable.Range(0, engine.StrategyCount).Where(index => ours.Contains((engine.Strategy(index).Name, engine.Options.Instruments[engine.Strategy(index).Instrument].Symbol.ToUpperInvariant())));
    }
}
