using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Storage;

namespace Tradewind.App.Commands.Backtesting;

/// <summary>The open files of a backtest: that of the instrument, and those of its legs in their order.</summary>
internal sealed class BacktestData : IDisposable
{
    private readonly List<MarketDataFile> _files;

    private BacktestData(List<MarketDataFile> files) => _files = files;

    /// <summary>What <c>--data</c> names.</summary>
    public MarketDataFile Main => _files[0];

    /// <summary>All of them, <see cref="Main"/> first.</summary>
    public IReadOnlyList<MarketDataFile> All => _files;

    /// <exception cref="InputException">A file cannot be used; one line for each fault.</exception>
    public static BacktestData Open(BacktestPlan plan, Surroundings around)
    {
        List<MarketDataFile> files = [];
        List<string> faults = [];
        foreach ((string name, string? symbol) in (IEnumerable<(string, string?)>)[(plan.DataFile, plan.Instrument.Symbol), .. plan.Legs.Select(leg => (leg.File, (string?)leg.Symbol))])
        {
            try
            {
                files.Add(MarketDataFile.Open(around.PathOf(name), new() { Symbol = symbol }));
            }
            catch (InputException fault)
            {
                faults.Add(fault.Message);
            }
        }
        var data = new BacktestData(files);
        if (faults.Count == 0)
        {
            around.SayNotes(files.SelectMany(file => file.Notes));
            return data;
        }
        data.Dispose();
        throw new InputException(string.Join('\n', faults));
    }

    public void Dispose()
    {
        foreach (MarketDataFile file in _files) file.Dispose();
    }
}
