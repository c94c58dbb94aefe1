using Tradewind.App.Running;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;

namespace Tradewind.App.Commands.Backtesting;

/// <summary>The market and the terms of a backtest, read and checked; the strategy comes beside it.</summary>
internal sealed record BacktestPlan
{
    public required string DataFile { get; init; }

    public required InstrumentTerms Instrument { get; init; }

    /// <summary>Further instruments, in the order in which they were given.</summary>
    public IReadOnlyList<LegPlan> Legs { get; init; } = [];

    /// <summary>Null means the file's own, and one minute for trades and quotes.</summary>
    public Timeframe? Timeframe { get; init; }

    /// <summary>The first instant that counts; null for the file's first.</summary>
    public Timestamp? From { get; init; }

    /// <summary>The first instant that no longer counts; null for none.</summary>
    public Timestamp? To { get; init; }

    public decimal Cash { get; init; } = 100_000m;

    /// <summary>How a wish without a quantity becomes units: one, where nothing is said.</summary>
    public SizingSettings Sizing { get; init; } = new();

    /// <summary>Money per unit of each fill.</summary>
    public decimal Commission { get; init; }

    public int SlippageTicks { get; init; }

    public string FillModel { get; init; } = "next-open";

    public TimeSpan Latency { get; init; }

    public bool AllowShort { get; init; }

    /// <summary>Rounds that one call of code of the user's own may take.</summary>
    public int CallRounds { get; init; } = CallMeter.DefaultRounds;

    /// <summary>Makes the rules of one run.</summary>
    public required Func<IReadOnlyList<IRiskRule>> Rules { get; init; }

    public string? JsonFile { get; init; }

    public string? TradesFile { get; init; }
}

/// <summary>A further instrument of a backtest and its data.</summary>
internal sealed record LegPlan(string Symbol, string File);
