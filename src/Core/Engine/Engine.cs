using System.Runtime.CompilerServices;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>
/// The deterministic heart: inputs in, outputs out, the same in backtest, paper, replay and live. One thread at a time may be inside.
/// Equal options, strategies and inputs give equal outputs and an equal <see cref="OutputHash"/>.
/// </summary>
public sealed class Engine
{
    private readonly OutputBuffer _outputs = new();
    private readonly MarketState[] _markets;
    private readonly List<StrategySlot> _slots = [];
    private readonly Account _account;
    private readonly RiskGate _gate;
    private readonly SignalDesk _signals;
    private readonly OrderDesk _desk;
    private readonly OrderPlanner _planner;
    private readonly OrderTracker _tracker;
    private readonly ProtectionGuard _guard;
    private readonly MarketFollowers _followers;
    private readonly AccountCloser _closer;
    private readonly StrategyCalls _strategies;
    private readonly HistoryDesk _history;
    private readonly CommandDesk _commands;
    private readonly AccountDesk _accounts;
    private readonly CarryDesk _carries;
    private bool _isStarted;
    private long _inputs;

    /// <exception cref="ArgumentException">The options are wrong; the message lists all faults.</exception>
    public Engine(EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _account = new Account(options.Instruments, options.StartingCash);
        var faults = new IndicatorFaults(options.CallRounds);
        _markets = [.. options.Instruments.Select((instrument, index) => new MarketState(index, instrument, _account.HoldingOf(index), options.RecentBars, faults))];
        _gate = new RiskGate(_outputs, new RiskView(_outputs, _markets, _account), options.Rules) { Account = options.StartsSynced ? AccountState.Synced : AccountState.Unsynced };
        _signals = new SignalDesk(_outputs, _account, new SizingDesk(options.Sizing), options.AllowShort);
        _desk = new OrderDesk(_outputs, _account, _gate);
        _strategies = new StrategyCalls(_outputs, options.Workers is { } workers ? new StrategyFork(workers, options.ForkFrom, options.Watch) : null, options.Watch);
        faults.Tell = (series, failure) => _strategies.Fail(_markets, series, failure);
        foreach (OwnRule rule in options.Rules.OfType<OwnRule>()) rule.CallRounds = options.CallRounds;
        _history = new HistoryDesk(_outputs, _strategies);
        var book = new FillBook(_outputs, _account, _slots, _strategies);
        _guard = new ProtectionGuard(_outputs, _desk, _gate, options.CanModifyOrders, options.TrailsAtVenue, options.ProtectionLimit);
        _followers = new MarketFollowers(_outputs, new StopTrailer(_outputs, _guard));
        _closer = new AccountCloser(_outputs, _desk, book, _guard);
        var alternatives = new Alternatives(_outputs, _desk, _guard);
        _planner = new OrderPlanner(_outputs, options.Combiner, _desk, book, alternatives, new ExecutionDesk(_outputs, _desk), new Denials(_outputs, _desk), options.Rules.Any(rule => rule is SlippageLimit), options.PlansBrackets, options.TrailsAtVenue);
        _tracker = new OrderTracker(_outputs, _desk, book, _guard, _closer, new AbsentOrders(_outputs, _desk, _planner, _slots, options.Resend), alternatives, _markets, _slots);
        _accounts = new AccountDesk(_outputs, _gate, _desk, book, _guard, _closer, _markets, _slots);
        _carries = new CarryDesk(_outputs, _account, _gate, _desk, _tracker, _guard, _markets, _slots);
        _commands = new CommandDesk(_outputs, _gate, _signals, _desk, _closer, _strategies, _markets, _slots, _strategies.Versions = new VersionDesk(_outputs, options.Versions, _strategies));
    }

    public EngineOptions Options { get; }

    /// <summary>Hash over all outputs and equity marks so far.</summary>
    public ulong OutputHash => _outputs.Hash;

    /// <summary>Inputs processed so far.</summary>
    public long InputCount => _inputs;

    public Timestamp Now => _outputs.Time;

    public Account Account => _account;

    public TradingState State => _gate.State;

    /// <summary>The last command did what it says; false where there was nothing to do or it could not be done.</summary>
    public bool WasCommandDone => _commands.WasDone;

    /// <summary>How well the venue's account is known.</summary>
    public AccountState AccountState => _gate.Account;

    public int StrategyCount => _slots.Count;

    /// <summary>Time that positions under protection stood without a confirmed stop, all strategies together.</summary>
    public UnprotectedTime UnprotectedTime
    {
        get
        {
            UnprotectedTime all = default;
            foreach (StrategySlot slot in _slots) all = all.And(slot.Protection.Exposure.At(Now));
            return all;
        }
    }

    /// <summary>Puts a strategy on an instrument; those of higher priority are asked first, equal ones in the order of adding. Only before the first input.</summary>
    /// <param name="priority">Null for the strategy's own; see <see cref="StrategyAttribute.Priority"/>.</param>
    /// <returns>Its index; the legs that it asks for take the next ones.</returns>
    /// <exception cref="ArgumentException">Its fields cannot be saved, the timeframe cannot be built, or a leg's instrument is not here.</exception>
    public int Add(Strategy strategy, int instrument, Timeframe timeframe, string? name = null, int? priority = null)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        if (_isStarted) throw new InvalidOperationException("Strategies join before the first input.");
        return StrategyPlaces.Add(_slots, _markets, _signals, strategy, instrument, timeframe, name ?? strategy.GetType().Name, priority);
    }

    /// <summary>Takes one input in. Outputs are valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">The input is earlier than the one before, or names no instrument of this engine.</exception>
    public ReadOnlySpan<Output> Process(scoped in Input input)
    {
        Begin(input.Time, input.Kind);
        switch (input.Kind)
        {
            case InputKind.Bar: OnBar(MarketOf(input.Instrument), in input.Bar); break;
            case InputKind.Trade: OnTrade(MarketOf(input.Instrument), in input.Trade); break;
            case InputKind.Quote: OnQuote(MarketOf(input.Instrument), in input.Quote); break;
            case InputKind.Depth: MarketOf(input.Instrument).OnData(input.Time); break;
            case InputKind.HistoryBar: _history.On(MarketOf(input.Instrument), in input.Bar); break;
            case InputKind.Timer: OnTimer(); break;
            case InputKind.Broker: OnBroker(input.Instrument, in input.Broker, input.Text); break;
            case InputKind.Command: OnCommand(in input.Command, input.Text); break;
            case InputKind.Feed: OnFeed(MarketOf(input.Instrument), in input.Feed); break;
            case InputKind.Account: OnAccount(input.Instrument, in input.Account, input.Text); break;
            case InputKind.Carry: OnCarry(input.Text); break;
            default: throw new InvalidOperationException($"An input of kind {input.Kind} has no meaning.");
        }
        return _outputs.Outputs;
    }

    /// <summary>The same as <see cref="Process(in Input)"/> of this bar, without the copy into an input: for histories of millions.</summary>
    public ReadOnlySpan<Output> Process(int instrument, scoped in Bar bar)
    {
        Begin(bar.End, InputKind.Bar);
        OnBar(MarketOf(instrument), in bar);
        return _outputs.Outputs;
    }

    /// <summary>The same as <see cref="Process(in Input)"/> of this trade, without the copy into an input: for histories of millions.</summary>
    public ReadOnlySpan<Output> Process(int instrument, scoped in Trade trade)
    {
        Begin(trade.Time, InputKind.Trade);
        OnTrade(MarketOf(instrument), in trade);
        return _outputs.Outputs;
    }

    /// <summary>The same as <see cref="Process(in Input)"/> of this broker event, without the copy into an input.</summary>
    public ReadOnlySpan<Output> Process(Timestamp time, scoped in BrokerEvent told, string? text = null)
    {
        Begin(time, InputKind.Broker);
        OnBroker(-1, in told, text);
        return _outputs.Outputs;
    }

    /// <summary>Disposes all strategies that can be disposed, once, however often it is called. No input may come after it.</summary>
    /// <returns>A sentence for each that threw.</returns>
    public IReadOnlyList<string> Release() => StrategyCalls.Release(_slots);

    /// <summary>Everything that an equal engine needs to go on from here.</summary>
    /// <exception cref="InvalidOperationException">A version of a strategy was swapped in: only the journal tells how to build an equal engine.</exception>
    public byte[] TakeSnapshot()
    {
        if (_slots.Exists(slot => slot.Version is not null || slot.Shadow is not null)) throw new InvalidOperationException("A strategy's version was swapped: replay the journal instead of taking a snapshot.");
        var stream = Snapshot.ForWriting();
        Sync(stream);
        return stream.ToArray();
    }

    /// <summary>Goes on where the snapshot was taken. The engine must have the same options and strategies.</summary>
    /// <exception cref="SnapshotException">The snapshot belongs to another engine or is damaged; this engine must not be used any more.</exception>
    public void Restore(ReadOnlySpan<byte> snapshot)
    {
        var stream = Snapshot.ForReading(snapshot);
        Sync(stream);
        if (!stream.IsAtEnd) throw new SnapshotException("The snapshot goes on where this engine ends: it was taken with other strategies, instruments or settings.");
        if (!_isStarted) StartStrategies();
    }

    /// <summary>What a session that goes on from here has to know; executions are its caller's to add.</summary>
    /// <param name="clientId">The id under which an order was sent.</param>
    public Carry Leave(string session, Func<Order, string> clientId) => new CarryNotes(_markets, _slots, _desk).Write(session, clientId, _account, _gate.LastOrder);

    /// <summary>What can be seen of a strategy from outside.</summary>
    public StrategyView Strategy(int index) => new(_slots[index]);

    /// <summary>What can be seen of an instrument from outside.</summary>
    public MarketView Market(int index) => new(_markets[index]);

    // Market → Indicators → Strategies → Signals → Risk → Orders

    private void OnBar(MarketState market, in Bar bar)
    {
        market.OnPrice(bar.Close, _outputs.Time);
        Mark(market, bar.Close);
        Series[] all = market.Series;
        // Most markets have one: without a loop around it a bar costs less.
        if (all.Length == 1) CloseBars(market, all[0], in bar);
        else CloseAll(market, all, in bar);
        if (market.IsWatched) _followers.On(market, in bar);
        if (market.HasClosedBars) _strategies.Ask(market);
        Decide(market);
    }

    private void OnTrade(MarketState market, in Trade trade)
    {
        market.OnPrice(trade.Price, _outputs.Time);
        Mark(market, trade.Price);
        foreach (Series series in market.Series)
        {
            series.ReadBefore(in trade);
            if (series.Builder.Add(in trade, out Bar closed)) Close(market, series, in closed);
            series.ReadAfter(in trade);
        }
        if (market.IsWatched) _followers.On(market, in trade);
        if (market.HasClosedBars) _strategies.Ask(market);
        if (market.TradeListeners.Length > 0) _strategies.Ask(market, in trade);
        Decide(market);
    }

    private void OnQuote(MarketState market, in Quote quote)
    {
        market.OnQuote(in quote, _outputs.Time);
        if (double.IsNaN(market.Mark))
        {
            market.OnPrice(quote.Mid, _outputs.Time);
            Mark(market, quote.Mid);
        }
        if (market.QuoteListeners.Length > 0) _strategies.Ask(market, in quote);
        Decide(market);
    }

    private void OnTimer()
    {
        foreach (MarketState market in _markets)
        {
            foreach (Series series in market.Series)
            {
                // What is missing of a bar while the feed is down may yet come.
                if (!market.IsFeedDown && series.Builder.CloseAt(_outputs.Time, out Bar closed)) Close(market, series, in closed);
            }
            if (market.HasClosedBars) _strategies.Ask(market);
            Decide(market);
        }
    }

    private void OnBroker(int instrument, in BrokerEvent told, string? text)
    {
        if (_tracker.On(instrument, in told, text) is { } market) Decide(market);
    }

    private void OnCommand(in Command command, string? text)
    {
        _commands.On(in command, text);
        foreach (MarketState market in _markets) DecideIn(market);
    }

    private void OnAccount(int instrument, in AccountEvent told, string? text)
    {
        _accounts.On(instrument, told.IsExact ? told : told.ToExact(), text);
        foreach (MarketState market in _markets) DecideIn(market);
    }

    private void OnCarry(string? json)
    {
        if (_inputs != 1) throw new InvalidOperationException("What an earlier session left is the first input of a session, or none.");
        _carries.Take(Carry.FromJson(json));
        foreach (MarketState market in _markets) DecideIn(market);
    }

    private void OnFeed(MarketState market, in FeedEvent feed) => _outputs.AddAlert(market.Index, $"{market.Instrument.Symbol}: {market.OnFeed(in feed)}.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Mark(MarketState market, double price)
    {
        _account.Mark(market.Holding, price);
        _outputs.Fold(_account.Equity);
    }

    /// <summary>Larger bars come from smaller ones; a bar of the series' own length is taken as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CloseBars(MarketState market, Series series, in Bar bar)
    {
        if (!series.Takes(in bar))
        {
            Build(market, series, in bar);
            return;
        }
        series.Take(in bar);
        market.HasClosedBars = true;
    }

    private void CloseAll(MarketState market, Series[] all, in Bar bar)
    {
        foreach (Series series in all) CloseBars(market, series, in bar);
    }

    private void Build(MarketState market, Series series, in Bar bar)
    {
        int closed = series.Builder.Add(in bar, out Bar first, out Bar second);
        if (closed > 0) Close(market, series, in first);
        if (closed > 1) Close(market, series, in second);
    }

    private void Close(MarketState market, Series series, in Bar closed)
    {
        // Two bars can end at once after a gap: strategies are asked for each.
        if (series.HasClosed) _strategies.Ask(market);
        Take(market, series, in closed);
        market.HasClosedBars = true;
    }

    private void Take(MarketState market, Series series, in Bar closed)
    {
        series.Take(in closed);
        _outputs.Add(market.Index, new BarClosed(closed, series.Timeframe, series.Index));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Decide(MarketState market)
    {
        if (_outputs.Time >= market.NextDue) OnDue(market);
        if (market.NeedsDecision | _signals.IsAnywhere) DecideWherever(market);
    }

    private void OnDue(MarketState market)
    {
        if (_outputs.Time >= market.NextExpiry)
        {
            market.Expire(_outputs.Time);
            _closer.TryAgain(market);
        }
        if (_outputs.Time < market.NextCall) return;
        market.ForgetCall();
        _guard.OnTime(market);
    }

    /// <summary>The market that the input is about comes first, then those in which a strategy has another hand.</summary>
    private void DecideWherever(MarketState market)
    {
        DecideIn(market);
        if (!_signals.IsAnywhere) return;
        _signals.IsAnywhere = false;
        foreach (MarketState each in _markets) DecideIn(each);
    }

    private void DecideIn(MarketState market)
    {
        if (!market.NeedsDecision) return;
        // After the last command nothing is decided any more; what protects a position is kept up.
        if (_gate.State == TradingState.Halted) market.NeedsDecision = false;
        else _planner.Decide(market);
        if (market.NeedsProtection) Protect(market);
    }

    private void Protect(MarketState market)
    {
        market.NeedsProtection = false;
        foreach (StrategySlot slot in market.Slots) _guard.Sync(market, slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin(Timestamp time, InputKind kind)
    {
        if (time < _outputs.Time || !_isStarted) Start(time, kind);
        _outputs.Begin(time);
        _inputs++;
    }

    private void Start(Timestamp time, InputKind kind)
    {
        if (_isStarted) throw new InvalidOperationException($"Inputs must come in order of time: {kind} of {time} came after {_outputs.Time}.");
        StartStrategies();
    }

    private void StartStrategies()
    {
        _isStarted = true;
        foreach (StrategySlot slot in _slots) _strategies.Start(slot);
    }

    private MarketState MarketOf(int instrument) => (uint)instrument < (uint)_markets.Length ? _markets[instrument] : throw Unknown(instrument);

    private InvalidOperationException Unknown(int instrument) => new($"An input names instrument {instrument}; this engine has {_markets.Length}.");

    private void Sync(Snapshot stream)
    {
        stream.Section("tradewind-engine-5");
        stream.Sync(ref _inputs);
        _outputs.Sync(stream);
        _account.Sync(stream);
        _gate.Sync(stream);
        _signals.Sync(stream);
        foreach (MarketState market in _markets) market.Sync(stream);
        foreach (StrategySlot slot in _slots) slot.Sync(stream);
        _desk.Sync(stream, _markets);
    }
}
