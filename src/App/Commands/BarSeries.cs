using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Storage;

namespace Tradewind.App.Commands;

/// <summary>Takes the bars of a file, and between them its trades.</summary>
internal interface IBarReader
{
    /// <summary>A trade of the bar that comes next.</summary>
    void Read(in Trade trade);

    void Read(in Bar bar);
}

/// <summary>The bars that a file holds, or that its trades, quotes or smaller bars make.</summary>
internal static class BarSeries
{
    /// <param name="timeframe">Null means the file's own, and one minute for trades and quotes.</param>
    /// <exception cref="InputException">No such bars can be made of the file.</exception>
    public static void Walk(MarketDataFile file, Instrument instrument, Timeframe? timeframe, IBarReader reader)
    {
        Timeframe wanted = LengthFor(file, timeframe);
        if (file.Kind == MarketDataKind.Bars && wanted == file.Timeframe)
        {
            foreach (ref readonly Bar bar in file.Bars.Span) reader.Read(in bar);
            return;
        }
        var builder = new BarBuilder(wanted, instrument);
        foreach (ref readonly Bar bar in file.Bars.Span)
        {
            int count = builder.Add(in bar, out Bar first, out Bar second);
            if (count > 0) reader.Read(in first);
            if (count > 1) reader.Read(in second);
        }
        foreach (ref readonly Trade trade in file.Trades.Span) Take(builder, in trade, reader);
        foreach (ref readonly Quote quote in file.Quotes.Span) Take(builder, new Trade(quote.Time, quote.Mid, 0), reader);
    }

    private static void Take(BarBuilder builder, in Trade trade, IBarReader reader)
    {
        if (builder.ContainsLastTrade) reader.Read(in trade);
        if (builder.Add(in trade, out Bar closed)) reader.Read(in closed);
        if (!builder.ContainsLastTrade) reader.Read(in trade);
    }

    /// <summary>The length of the bars that will be made, checked against what the file holds.</summary>
    /// <exception cref="InputException">The file's bars are longer, or cannot be counted that way.</exception>
    public static Timeframe LengthFor(MarketDataFile file, Timeframe? timeframe)
    {
        if (timeframe is not { } wanted) return file.Timeframe ?? Timeframe.OneMinute;
        if (BarBuilder.Refusal(wanted) is { } refusal && wanted != file.Timeframe) throw new InputException($"--timeframe: {refusal}");
        if (file.Timeframe is not { } own || own == wanted) return wanted;
        if (wanted.Kind == TimeframeKind.Trades) throw new InputException($"--timeframe: found {wanted}, but {file.Path} holds bars of {own}, which do not tell their trades; name a time, as 1h, or a file of trades.");
        if (wanted.Kind == TimeframeKind.Time && own.Kind == TimeframeKind.Time && wanted.Amount < own.Amount) throw new InputException($"--timeframe: found {wanted}, but {file.Path} holds bars of {own}, which cannot be cut into shorter ones; name {own} or longer.");
        return wanted;
    }
}
