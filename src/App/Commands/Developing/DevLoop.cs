using System.Globalization;
using Tradewind.App.Commands.Backtesting;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Strategies;
using Tradewind.UserCode;

namespace Tradewind.App.Commands.Developing;

/// <summary>The inner loop of an author: save, compile, backtest, compare. The data stay in memory, the compiler stays warm.</summary>
internal sealed class DevLoop
{
    private readonly BacktestPlan _plan;
    private readonly ChosenStrategy _chosen;
    private readonly BacktestData _data;
    private readonly Surroundings _around;
    private string? _seen;
    private SimulatedFigures? _before;

    private DevLoop(BacktestPlan plan, ChosenStrategy chosen, BacktestData data, Surroundings around)
    {
        _plan = plan;
        _chosen = chosen;
        _data = data;
        _around = around;
    }

    /// <summary>Runs until Ctrl-C.</summary>
    /// <exception cref="InputException">The data cannot be used, or there is no such file.</exception>
    public static int Run(BacktestPlan plan, ChosenStrategy chosen, Surroundings around)
    {
        CancellationToken stop = around.WatchForStop();
        string path = around.PathOf(chosen.Reference.File!);
        StrategySource first = StrategySource.Read(path);
        using BacktestData data = BacktestRun.OpenData(plan, null, around);
        using var watch = new SourceWatch(path, around.Time);
        try
        {
            new DevLoop(plan, chosen, data, around).RunAsync(first, watch, stop).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            around.Say("Stopped.");
        }
        return ExitCode.Done;
    }

    private async Task RunAsync(StrategySource first, SourceWatch watch, CancellationToken stop)
    {
        Take(first, stop);
        _around.Output.WriteLine($"Watching {_chosen.Reference.File}; save it to see what changes. Ctrl-C ends.");
        while (true)
        {
            await watch.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                StrategySource source = StrategySource.Read(first.Path);
                if (source.Hash != _seen) Take(source, stop);
            }
            catch (InputException fault)
            {
                Refuse(fault);
            }
        }
    }

    private void Take(StrategySource source, CancellationToken stop)
    {
        _seen = source.Hash;
        try
        {
            long start = _around.Time.GetTimestamp();
            using StrategyFile file = StrategyFile.Compile(source, stop);
            TimeSpan compiling = _around.Time.GetElapsedTime(start);
            SimulatedRun run = BacktestRun.Simulate(_plan, Configure(file), _data, _around, stop);
            Show(run, compiling, _around.Time.GetElapsedTime(start));
        }
        catch (InputException fault)
        {
            Refuse(fault);
        }
    }

    private StrategySettings Configure(StrategyFile file)
    {
        try
        {
            return file.Find(_chosen.Reference.Name).Configure(_chosen.Parameters);
        }
        catch (ArgumentException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    private void Show(SimulatedRun run, TimeSpan compiling, TimeSpan total)
    {
        var figures = new SimulatedFigures(run.Outcome.Result, run.Trades, run.Outcome.Instrument.Currency);
        if (_before is null) run.Outcome.WriteText(_around.Output);
        else RunComparison.Write(_before, figures, _around.Output);
        if (run.Failure is { } failure) _around.SayError(failure);
        _around.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_around.Time.GetLocalNow():HH:mm:ss}  compiled in {compiling.TotalMilliseconds:F0} ms, all done in {total.TotalMilliseconds:F0} ms"));
        _before = figures;
    }

    private void Refuse(InputException fault)
    {
        foreach (string sentence in fault.Message.Split('\n')) _around.SayError(sentence);
        _around.Output.WriteLine(_before is null ? "Waiting for the next save." : "The run before still stands; waiting for the next save.");
    }
}
