using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Simulation;
using Tradewind.Strategies;

namespace Tradewind.UserCode.Tests;

/// <summary>A folder of strategy files, thrown away afterwards, and a market to try them on.</summary>
internal sealed class Drawer : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("tradewind-drawer-").FullName;

    /// <summary>Long and flat in turns, each for the given number of bars.</summary>
    public static string Alternating(int bars, string name = "Alternating") => $$"""
        public sealed class {{name}} : Strategy
        {
            private int _seen;

            protected override void OnBar(in Bar bar)
            {
                if (_seen++ / {{bars}} % 2 == 0) Buy("up");
                else Close("down");
            }
        }
        """;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public StrategyFile Open(string text, string name = "My.cs") => StrategyFile.Open(Write(name, text), CancellationToken.None);

    /// <summary>What the file is refused with.</summary>
    public string Refusal(string text, string name = "My.cs") => Assert.Throws<InputException>(() => Open(text, name)).Message;

    public static Engine Backtest(StrategyDescription strategy, int bars, params KeyValuePair<string, string>[] settings)
    {
        Instruments.TryFind("ES", out Instrument? instrument);
        var engine = new Engine(new EngineOptions { Instruments = [instrument!], Rules = [new BuyingPower()] });
        engine.Add(strategy.Configure(settings).Create(engine.Options.Instruments[0]), 0, Timeframe.OneMinute, strategy.Name);
        new Backtest(engine, new VenueOptions()).Run(0, Bars(bars));
        return engine;
    }

    public static Bar[] Bars(int count)
    {
        var start = new Timestamp(1_704_204_000_000_000_000);
        return [.. Enumerable.Range(0, count).Select(i => (Time: start + TimeSpan.FromMinutes(i), Price: 5000 + Math.Round(Math.Sin(i / 9.0) * 40) * 0.25))
            .Select(each => new Bar(each.Time, each.Time + TimeSpan.FromMinutes(1), each.Price, each.Price + 0.5, each.Price - 0.5, each.Price, 100))];
    }
}
