using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Faults;
using Tradewind.Gateway.History;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Market;

/// <summary>
/// One product's market: its quote, book, bars and contracts. The market's thread writes, requests read; what belongs to one instant is
/// published under one lock, so a subscriber's first full quote and the changes after it fit together, and so do bars and trades.
/// </summary>
internal sealed class ProductDesk
{
    private readonly Lock _gate = new();
    private readonly Product _product;
    private readonly EventSender _sender;
    private readonly QuoteBoard _board;
    private readonly DepthBook _book;
    private readonly BarArchive _archive;
    private readonly BarPast _past;
    private readonly ConcurrentDictionary<string, ContractFeed> _feeds = [];

    private readonly List<Input> _pending = [];
    private readonly List<TradeEntry> _trades = [];
    private readonly List<DepthEntry> _depth = [];
    private QuoteFields _published;
    private ContractFeed? _active;
    private Session _session;
    private Timestamp _time;
    private TickRule _rule = new();

    public ProductDesk(Product product, IMarketSource source, int index, QuirkSet quirks, TickFaults faults)
    {
        _product = product;
        _past = new(source, index);
        _sender = new(quirks, faults);
        _board = new(product.Instrument);
        _book = new(product.Instrument);
        _archive = new(product.Instrument);
    }

    public Product Product => _product;

    public bool HasListeners
    {
        get
        {
            lock (_gate) return _feeds.Values.Any(feed => feed.HasListeners());
        }
    }

    /// <summary>Takes over the session as it stands when the stream begins.</summary>
    public void Begin()
    {
        foreach (Bar bar in _past.SessionSoFar())
        {
            _board.Add(bar);
            _rule.Follow(bar.Close);
        }
    }

    /// <summary>Takes something of the time before the stream: it counts in bars and session figures and is not sent.</summary>
    public void Remember(in Input input)
    {
        lock (_gate)
        {
            Learn(input);
            _trades.Clear();
            _depth.Clear();
            _time = input.Time;
        }
    }

    /// <summary>Takes an input of the instant that is being collected; nothing is visible before <see cref="Publish"/>.</summary>
    public void Collect(in Input input) => _pending.Add(input);

    /// <summary>Publishes what was collected: trades, then the quote if a best price has moved, then depth.</summary>
    public void Publish()
    {
        lock (_gate)
        {
            _time = _pending[^1].Time;
            Roll();
            foreach (ref readonly Input input in CollectionsMarshal.AsSpan(_pending)) Learn(input);
            _pending.Clear();
            SendTrades();
            SendQuote();
            SendDepth();
        }
    }

    public void Subscribe(ContractMonth month, EventKind kind, Outbox outbox)
    {
        lock (_gate)
        {
            ContractFeed feed = FeedOf(month);
            feed.Add(kind, outbox);
            if (feed != _active) return;
            if (kind == EventKind.Quote && !_published.IsEmpty) _sender.FullQuote(feed, outbox, _published, _time);
            if (kind == EventKind.Depth && !_book.IsEmpty) _sender.Book(feed, outbox, CollectionsMarshal.AsSpan(_book.Snapshot(_time)));
        }
    }

    public void Unsubscribe(ContractMonth month, EventKind kind, Outbox outbox)
    {
        lock (_gate) FeedOf(month).Remove(kind, outbox);
    }

    public void Forget(Outbox outbox)
    {
        lock (_gate)
        {
            foreach (ContractFeed feed in _feeds.Values)
            {
                foreach (EventKind kind in Enum.GetValues<EventKind>()) feed.Remove(kind, outbox);
            }
        }
    }

    /// <summary>
    /// Bars of a contract, newest first, as whole as the stream is. A product has one continuous series: a contract shows it up to its roll,
    /// one that is not yet active shows nothing.
    /// </summary>
    /// <param name="now">The market time before which everything has been published.</param>
    public IReadOnlyList<HistoryBar> Bars(ContractMonth month, BarQuery query, Func<Timestamp> now)
    {
        BarJoiner joiner;
        bool goesOn;
        lock (_gate)
        {
            Timestamp until = now();
            ContractMonth active = ContractMonth.ActiveOn(_product, _product.Instrument.Calendar.SessionAt(until).TradingDay);
            if (month.RollDay > active.RollDay) return [];
            if (month != active && Opening(month.RollDay) is var roll && roll < query.To) query = query with { To = roll };
            joiner = new(_product.Instrument, query, until);
            goesOn = _archive.GiveTo(joiner, query.Unit);
        }
        // The time before the stream stands still: it is read without holding up the market.
        if (goesOn) _past.GiveTo(joiner, query.Unit);
        return joiner.Finish();
    }

    /// <summary>When the session of a trading day opens, or the next one that there is.</summary>
    private Timestamp Opening(DateOnly tradingDay)
    {
        Timestamp time = Timestamp.From(new(tradingDay.AddDays(-4), TimeOnly.MinValue, TimeSpan.Zero));
        Session session = _product.Instrument.Calendar.SessionAt(time);
        while (session.TradingDay < tradingDay) session = _product.Instrument.Calendar.SessionAt(session.Close);
        return session.Open;
    }

    /// <summary>Takes no lock: whoever counts does not hold up the market.</summary>
    public IReadOnlyList<ContractCounters> Read() => [.. _feeds.Values.Select(feed => feed.Read())];

    private ContractFeed FeedOf(ContractMonth month) => _feeds.GetOrAdd(month.Id, static (_, month) => new(month), month);

    /// <summary>A new session may have another active contract: from then on it alone gets events, beginning with a full quote and a full book.</summary>
    private void Roll()
    {
        if (_active is not null && _time < _session.Close) return;
        _session = _product.Instrument.Calendar.SessionAt(_time);
        ContractFeed feed = FeedOf(ContractMonth.ActiveOn(_product, _session.TradingDay));
        if (feed == _active) return;
        _active = feed;
        _published = default;
        if (!_book.IsEmpty) _sender.Depth(feed, CollectionsMarshal.AsSpan(_book.Snapshot(_time)));
    }

    private void Learn(in Input input)
    {
        switch (input.Kind)
        {
            case InputKind.Trade:
                _archive.Add(input.Trade);
                _board.Add(input.Trade);
                _trades.Add(new(input.Trade.Time, _product.Instrument.RoundToTick(input.Trade.Price), _rule.IsSell(input.Trade), (long)input.Trade.Size));
                break;
            case InputKind.Quote:
                _board.Add(input.Quote);
                _book.Apply(input.Quote, _depth);
                break;
            case InputKind.Depth:
                _book.Apply(input.Depth, _depth);
                break;
            case InputKind.Bar or InputKind.HistoryBar:
                _archive.Add(input.Bar);
                _board.Add(input.Bar);
                _rule.Follow(input.Bar.Close);
                break;
            default:
                break;
        }
    }

    private void SendTrades()
    {
        _sender.Trades(_active!, CollectionsMarshal.AsSpan(_trades));
        _trades.Clear();
    }

    private void SendQuote()
    {
        QuoteFields now = _board.Fields;
        if (now.BestBid == _published.BestBid && now.BestAsk == _published.BestAsk) return;
        _sender.Quote(_active!, now, _published, _time);
        _published = now;
    }

    private void SendDepth()
    {
        _sender.Depth(_active!, CollectionsMarshal.AsSpan(_depth));
        _depth.Clear();
    }
}
