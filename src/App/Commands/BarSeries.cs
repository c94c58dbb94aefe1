using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Storage;

namespace Tradewind.App.Commands;

/// <summary>The bars that a file holds, or that its trades, quotes or smaller bars make.</summary>
internal static class BarSeries
{
    /// <param name="timeframe">Null means the file's own, and one minute for trades and quotes.</param>
    /// <exception cref="InputException">No such bars can be made of the file.</exception>
    public static ReadOnlyMemory<Bar> Of(MarketDataFile file, Instrument instrument, Timeframe? timeframe)
    {
        Timeframe wanted = LengthFor(file, timeframe);
        if (file.Kind == MarketDataKind.Bars && wanted == file.Timeframe) return file.Bars;
        var builder = new BarBuilder(wanted, instrument);
        List<Bar> made = [];
        foreach (ref readonly Bar bar in file.Bars.Span)
        {
            int count = builder.Add(in bar, out Bar first, out Bar second);
            if (count > 0) made.Add(first);
            if (count > 1) made.Add(second);
        }
        foreach (ref readonly Trade trade in file.Trades.Span) Add(in trade);
        foreach (ref readonly Quote quote in file.Quotes.Span) Add(new Trade(quote.Time, quote.Mid, 0));
        return made.ToArray();

        void Add(in Trade trade)
        {
            if (builder.Add(in trade, out Bar closed)) made.Add(closed);
        }
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
