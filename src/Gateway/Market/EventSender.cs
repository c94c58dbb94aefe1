using Microsoft.AspNetCore.SignalR;
using Tradewind.Core.Model;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Market;

/// <summary>Turns what happened into hub events and posts them to a contract's listeners, or to one of them. Guarded by its product's desk.</summary>
internal sealed class EventSender(QuirkSet quirks, TickFaults faults)
{
    private readonly Frames _frames = new(quirks);

    private bool IsBare => quirks.Has(Quirk.BareObjects);

    public void Quote(ContractFeed feed, in QuoteFields now, in QuoteFields before, Timestamp time)
    {
        feed.CountOf(EventKind.Quote).Publish(1);
        if (feed.HasListeners(EventKind.Quote)) faults.Send(feed, EventKind.Quote, _frames.Quote(feed, now, before, time), 1);
    }

    public void FullQuote(ContractFeed feed, Outbox outbox, in QuoteFields now, Timestamp time) =>
        outbox.Post(new(Message(_frames.Quote(feed, now, default, time)), feed.CountOf(EventKind.Quote), 1));

    public void Trades(ContractFeed feed, ReadOnlySpan<TradeEntry> trades)
    {
        bool isBare = IsBare;
        int batch = isBare ? 1 : trades.Length;
        for (int i = 0; i < trades.Length; i += batch)
        {
            feed.CountOf(EventKind.Trade).Publish(batch);
            if (feed.HasListeners(EventKind.Trade)) faults.Send(feed, EventKind.Trade, _frames.Trades(feed, trades.Slice(i, batch), !isBare), batch);
        }
    }

    public void Depth(ContractFeed feed, ReadOnlySpan<DepthEntry> entries)
    {
        bool isBare = IsBare;
        int batch = isBare ? 1 : entries.Length;
        for (int i = 0; i < entries.Length; i += batch)
        {
            feed.CountOf(EventKind.Depth).Publish(batch);
            if (feed.HasListeners(EventKind.Depth)) faults.Send(feed, EventKind.Depth, _frames.Depth(feed, entries.Slice(i, batch), !isBare), batch);
        }
    }

    /// <summary>The whole book for one new listener.</summary>
    public void Book(ContractFeed feed, Outbox outbox, ReadOnlySpan<DepthEntry> entries)
    {
        bool isBare = IsBare;
        int batch = isBare ? 1 : entries.Length;
        for (int i = 0; i < entries.Length; i += batch)
        {
            outbox.Post(new(Message(_frames.Depth(feed, entries.Slice(i, batch), !isBare)), feed.CountOf(EventKind.Depth), batch));
        }
    }

    private static SerializedHubMessage Message(byte[] frame) => new([new SerializedMessage("json", frame)]);
}
