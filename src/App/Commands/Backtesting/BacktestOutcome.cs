using System.Globalization;
using System.Text.Json;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Simulation.Statistics;
using Tradewind.Strategies;

namespace Tradewind.App.Commands.Backtesting;

/// <summary>What a backtest did, for people and for programs.</summary>
/// <param name="Elapsed">The simulation alone: neither start-up nor reading nor writing.</param>
internal sealed record BacktestOutcome(BacktestPlan Plan, StrategySettings Strategy, IReadOnlyList<BacktestMarket> Markets, Timeframe Timeframe, BacktestResult Result, TimeSpan Elapsed)
{
    /// <summary>Decimals to which an amount that was counted in double is shown: finer than any tick, coarser than its rounding.</summary>
    private const int EstimateDecimals = 8;

    // From less than this, figures for a year are a short time's luck blown up.
    private static readonly TimeSpan ShortestForYearly = TimeSpan.FromDays(30);

    /// <summary>What <c>--symbol</c> names.</summary>
    public Instrument Instrument => Markets[0].Instrument;

    private double EventsPerSecond => Result.Events / Math.Max(Elapsed.TotalSeconds, 1e-9);

    public void WriteJson(Utf8JsonWriter writer)
    {
        BacktestResult result = Result;
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", 1);
        WriteStrategy(writer);
        WriteData(writer);
        WriteInstruments(writer);
        writer.WriteNumber("orders", result.Orders);
        writer.WriteNumber("deniedOrders", result.DeniedOrders);
        writer.WriteStartObject("deniedBy");
        foreach ((string rule, long count) in result.Denials) writer.WriteNumber(rule, count);
        writer.WriteEndObject();
        writer.WriteNumber("fills", result.Fills);
        writer.WriteNumber("trades", result.Trades);
        writer.WriteMoney("netProfit", result.NetProfit);
        writer.WriteMoney("grossProfit", result.GrossProfit);
        writer.WriteMoney("grossLoss", result.GrossLoss);
        writer.WriteMoney("commission", result.Commission);
        writer.WriteMoney("startingEquity", result.StartingEquity);
        writer.WriteMoney("finalEquity", result.FinalEquity);
        writer.WriteMoney("openQuantity", result.OpenQuantity);
        writer.WriteFigure("maxDrawdown", result.MaxDrawdown);
        writer.WriteFigure("maxDrawdownAmount", Math.Round(result.MaxDrawdownAmount, EstimateDecimals));
        writer.WriteFigure("sharpe", result.Sharpe);
        writer.WriteFigure("sortino", result.Sortino);
        writer.WriteFigure("cagr", result.Cagr);
        writer.WriteFigure("calmar", result.Calmar);
        writer.WriteFigure("winRate", result.WinRate);
        writer.WriteFigure("profitFactor", result.ProfitFactor);
        writer.WriteFigure("expectancy", result.Expectancy);
        writer.WriteFigure("exposure", result.Exposure);
        writer.WriteNumber("elapsedSeconds", Elapsed.TotalSeconds);
        writer.WriteNumber("eventsPerSecond", Math.Round(EventsPerSecond));
        writer.WriteString("outputHash", result.OutputHash.ToString("x16", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    public void WriteText(TextWriter writer)
    {
        BacktestResult result = Result;
        string settings = string.Concat(Strategy.Values.Select(each => string.Create(CultureInfo.InvariantCulture, $" {each.Key}={each.Value}")));
        writer.WriteLine($"{Strategy.Description.Name}{settings}   {string.Join(" + ", Markets.Select(market => market.Instrument.Symbol))} {Timeframe}   {result.From} to {result.To}   fills: {Plan.FillModel}");
        writer.WriteLine();
        Row(writer, ("Net profit", Money(result.NetProfit)), ("CAGR", Percent(result.Cagr)), ("Trades", result.Trades.ToString("N0", CultureInfo.InvariantCulture)));
        Row(writer, ("Max drawdown", Money(-(decimal)Math.Round(result.MaxDrawdownAmount, 2))), ("Sharpe", Number(result.Sharpe)), ("Win rate", Percent(result.WinRate)));
        Row(writer, ("", Percent(-result.MaxDrawdown)), ("Sortino", Number(result.Sortino)), ("Profit factor", Number(result.ProfitFactor)));
        Row(writer, ("Commission", Money(result.Commission)), ("Calmar", Number(result.Calmar)), ("Expectancy", result.Expectancy is { } mean ? Money((decimal)Math.Round(mean, 2)) : "—"));
        Row(writer, ("Final equity", Money(result.FinalEquity)), ("Exposure", Percent(result.Exposure)), Markets.Count > 1 ? ("Instruments", Markets.Count.ToString(CultureInfo.InvariantCulture)) : ("Open quantity", result.OpenQuantity.ToString(CultureInfo.InvariantCulture)));
        Row(writer, ("Orders", result.Orders.ToString("N0", CultureInfo.InvariantCulture)), ("Fills", result.Fills.ToString("N0", CultureInfo.InvariantCulture)), ("Output hash", result.OutputHash.ToString("x16", CultureInfo.InvariantCulture)));
        if (Markets.Count > 1) WriteInstruments(writer);
        writer.WriteLine();
        if (result.Fills > 0 && result.To - result.From < ShortestForYearly) writer.WriteLine($"The data cover {DataInfo.Shortly(result.To - result.From)}: figures for a year (CAGR, Calmar, Sharpe, Sortino) say little below {ShortestForYearly.Days} days.");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Events:N0} events in {Elapsed.TotalSeconds:F3} s, {EventsPerSecond / 1e6:F1} million a second"));
    }

    private void WriteStrategy(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("strategy");
        writer.WriteString("name", Strategy.Description.Name);
        writer.WriteString("version", Strategy.Description.Version);
        writer.WriteStartObject("parameters");
        foreach ((string name, object? value) in Strategy.Values) writer.WriteSetting(name, value);
        writer.WriteEndObject();
        WriteMetrics(writer);
        writer.WriteEndObject();
    }

    private void WriteMetrics(Utf8JsonWriter writer)
    {
        StrategyCounters counters = Result.Strategy;
        writer.WriteStartObject("metrics");
        writer.WriteNumber("signals", counters.Signals);
        writer.WriteNumber("refused", counters.Refused);
        writer.WriteFigure("hitRate", counters.HitRate);
        writer.WriteFigure("averageConfidence", counters.AverageConfidence);
        writer.WriteNumber("suspensions", counters.Suspensions);
        writer.WriteString("lastError", Result.StrategyError);
        writer.WriteEndObject();
    }

    private void WriteData(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("data");
        writer.WriteString("file", Plan.DataFile);
        writer.WriteString("symbol", Instrument.Symbol);
        writer.WriteString("timeframe", Timeframe.ToString());
        writer.WriteNumber("events", Result.Events);
        writer.WriteString("from", Result.From.ToString());
        writer.WriteString("to", Result.To.ToString());
        if (Markets.Count > 1) writer.WriteString("order", "by the time at which each is known; at one instant --data first, then the legs as they were given");
        writer.WriteEndObject();
    }

    /// <summary>Each instrument's part, that of <c>--symbol</c> first.</summary>
    private void WriteInstruments(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("instruments");
        foreach ((BacktestMarket market, InstrumentResult part) in Markets.Zip(Result.Instruments))
        {
            writer.WriteStartObject();
            writer.WriteString("symbol", market.Instrument.Symbol);
            writer.WriteString("file", market.Name);
            writer.WriteNumber("events", market.Count);
            writer.WriteNumber("fills", part.Fills);
            writer.WriteNumber("trades", part.Trades);
            writer.WriteMoney("netProfit", part.NetProfit);
            writer.WriteMoney("commission", part.Commission);
            writer.WriteMoney("openQuantity", part.OpenQuantity);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void WriteInstruments(TextWriter writer)
    {
        writer.WriteLine();
        foreach (InstrumentResult part in Result.Instruments)
        {
            Row(writer, (part.Instrument.Symbol, Money(part.NetProfit)), ("Fills", part.Fills.ToString("N0", CultureInfo.InvariantCulture)), ("Open quantity", part.OpenQuantity.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static void Row(TextWriter writer, params ReadOnlySpan<(string Name, string Value)> cells)
    {
        string line = "";
        foreach ((string name, string value) in cells) line += $"  {name,-14}{value,18}";
        writer.WriteLine(line);
    }

    private string Money(decimal value) => value.ToString("N2", CultureInfo.InvariantCulture) + " " + Instrument.Currency;

    private static string Number(double? value) => value?.ToString("N2", CultureInfo.InvariantCulture) ?? "—";

    private static string Percent(double? value) => value is { } share ? (share * 100).ToString("N2", CultureInfo.InvariantCulture) + " %" : "—";
}
