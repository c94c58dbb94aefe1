using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Live;

/// <summary>How the runner behaves.</summary>
public sealed record LiveOptions
{
    /// <summary>Inputs that may wait; a full inbox holds the feed back. 1,000 to 10,000,000.</summary>
    public int InboxCapacity { get; init; } = 262_144;

    /// <summary>How often the engine is told the time, 10 ms to 10 s.</summary>
    public TimeSpan TimerInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a stop waits for entry orders to be canceled.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>On a stop: true closes all positions, false leaves them with their protective stops.</summary>
    public bool FlattenOnStop { get; init; }

    /// <summary>Is moved after each input; a broker that lets orders wait asks it once more.</summary>
    public RiskDoor Door { get; init; } = new();

    /// <summary>Is told of each step of inputs and orders, on the thread that takes it; null for nobody.</summary>
    public Action<LiveStep>? Step { get; init; }

    /// <exception cref="ArgumentException">Lists everything that is wrong.</exception>
    public void Validate()
    {
        List<string> faults = [];
        if (InboxCapacity is < 1_000 or > 10_000_000) faults.Add($"InboxCapacity must be between 1000 and 10000000, found {InboxCapacity}.");
        if (TimerInterval < TimeSpan.FromMilliseconds(10) || TimerInterval > TimeSpan.FromSeconds(10)) faults.Add($"TimerInterval must be between 10 ms and 10 s, found {TimerInterval}.");
        if (StopLimit < TimeSpan.Zero || StopLimit > TimeSpan.FromMinutes(1)) faults.Add($"StopLimit must be between 0 and 1 minute, found {StopLimit}.");
        if (faults.Count > 0) throw new ArgumentException(string.Join(' ', faults));
    }
}

/// <summary>Runs one engine on live inputs: inbox → stamp the time → journal → engine → outbox and sinks. One thread does all of it.</summary>
public sealed class LiveRunner : IAsyncDisposable
{
    private readonly Engine _engine;
    private readonly LiveOptions _options;
    private readonly IJournal _journal;
    private readonly Outbox _outbox;
    private readonly IMarketObserver? _observer;
    private readonly IKeepsNoOrders? _forgetful;
    private readonly IOutputSink[] _sinks;
    private readonly EngineClock _clock;
    private readonly TimeProvider _time;
    private readonly SlowStrategies? _slow;
    private readonly Action<LiveStep>? _step;
    private readonly Channel<FeedInput> _inbox;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;
    private ITimer? _watchdog;
    private List<FeedInput>? _early;
    private bool _isStopping;
    private bool _isSpaceLow;
    private long _inputs;
    private long _marketInputs;

    /// <exception cref="ArgumentException">The options are wrong.</exception>
    /// <param name="fence">Is asked at each sending; null where nobody else can act on the account.</param>
    public LiveRunner(Engine engine, LiveOptions options, IJournal journal, IBroker broker, IEnumerable<IOutputSink> sinks, EngineClock clock, TimeProvider time, IFence? fence = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _engine = engine;
        _options = options;
        _journal = journal;
        _observer = broker as IMarketObserver;
        _forgetful = broker as IKeepsNoOrders;
        _sinks = [.. sinks];
        _clock = clock;
        _time = time;
        _step = options.Step;
        _inbox = Channel.CreateBounded<FeedInput>(new BoundedChannelOptions(options.InboxCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        if (engine.Options.Watch is StrategyWatch watch)
        {
            watch.Cover(engine.StrategyCount);
            _slow = new SlowStrategies(engine, watch, text => Warn(text));
        }
        _outbox = new Outbox(broker, journal, _inbox.Writer, engine.Options.Instruments.Count, fence, options.Step, time, options.Door);
    }

    /// <summary>Where feeds, brokers and operators put what they have.</summary>
    public ChannelWriter<FeedInput> Inbox => _inbox.Writer;

    /// <summary>From the payload's parsing to the order's hand-over to the outbox.</summary>
    public LatencyHistogram DecisionLatency { get; } = new();

    /// <summary>From the payload's parsing to the end of its processing, over all inputs of feeds.</summary>
    public LatencyHistogram ProcessingLatency { get; } = new();

    /// <summary>From an order's approval, over the disk, to its hand-over to the broker.</summary>
    public LatencyHistogram IntentLatency => _outbox.IntentLatency;

    public long InputCount => Interlocked.Read(ref _inputs);

    /// <summary>Trades, quotes and depth changes that the engine has processed.</summary>
    public long MarketInputCount => Interlocked.Read(ref _marketInputs);

    /// <summary>Hears what a person should know, on the engine's thread or, where that hangs, on another; must return at once.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>The strategy that holds the engine up now, in words; null while none does. From any thread.</summary>
    public string? Stuck => _slow?.Stuck;

    /// <summary>Inputs that wait now.</summary>
    public int InboxDepth => _inbox.Reader.Count;

    /// <summary>Completes when the runner has ended; faulted when an invariant broke or the journal failed. Protective orders stay at the broker then.</summary>
    public Task Completion => _ended.Task;

    public void Start()
    {
        new Thread(Loop) { Name = "engine", IsBackground = true, Priority = ThreadPriority.AboveNormal }.Start();
        _timer = _time.CreateTimer(_ => _inbox.Writer.TryWrite(new(Input.Timer(default), 0)), null, _options.TimerInterval, _options.TimerInterval);
        if (_slow is not null) _watchdog = _time.CreateTimer(_ => _slow.Look(), null, _options.TimerInterval, _options.TimerInterval);
    }

    /// <summary>Gives the engine a command, in order with everything else.</summary>
    /// <param name="text">The version that a command about versions names.</param>
    public ValueTask SendAsync(Command command, string? text = null, CancellationToken cancel = default) => _inbox.Writer.WriteAsync(new(new Input(default, in command, text), 0), cancel);

    /// <summary>Takes no more signals, cancels entry orders, waits for their end, closes the journal. Feeds should be ended before.</summary>
    public async Task StopAsync()
    {
        if (_options.FlattenOnStop) _inbox.Writer.TryWrite(new(new Input(default, new Command(CommandKind.Flatten)), 0));
        _inbox.Writer.TryWrite(new(new Input(default, new Command(CommandKind.Stop)), 0));
        await Task.WhenAny(_settled.Task, _ended.Task, Task.Delay(_options.StopLimit, _time)).ConfigureAwait(false);
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        if (_watchdog is not null) await _watchdog.DisposeAsync().ConfigureAwait(false);
        await _outbox.DrainAsync(_options.StopLimit, _time).ConfigureAwait(false);
        _inbox.Writer.TryComplete();
        await _ended.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        if (_watchdog is not null) await _watchdog.DisposeAsync().ConfigureAwait(false);
        _inbox.Writer.TryComplete();
        await _outbox.DisposeAsync().ConfigureAwait(false);
    }

    private void Loop()
    {
        try
        {
            ChannelReader<FeedInput> inbox = _inbox.Reader;
            do
            {
                while (inbox.TryRead(out FeedInput item)) Handle(in item);
            }
            while (WaitForMore(inbox));
            _journal.Complete(_engine.OutputHash);
            Release();
            _ended.TrySetResult();
        }
#pragma warning disable CA1031 // A broken invariant or a failed journal stops the engine; the caller says so and exits non-zero.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _inbox.Writer.TryComplete(failure);
            Release();
            _ended.TrySetException(failure);
        }
    }

    private void Release()
    {
        foreach (string fault in _engine.Release()) Warn(fault);
    }

    private static bool WaitForMore(ChannelReader<FeedInput> inbox)
    {
        ValueTask<bool> more = inbox.WaitToReadAsync();
        return more.IsCompletedSuccessfully ? more.Result : more.AsTask().GetAwaiter().GetResult();
    }

    private void Handle(in FeedInput item)
    {
        if (_early is { } held && item.Input.Kind == InputKind.HistoryBar)
        {
            held.Add(item);
            return;
        }
        Input input = Stamp(item.Input);
        if (input.Time.Nanoseconds == 0)
        {
            if (IsTooEarly(in item)) return;
        }
        else if (_early is { } early)
        {
            _early = null;
            foreach (FeedInput waiting in early) Handle(in waiting);
            input = Stamp(item.Input);
        }
        Process(in item, in input);
    }

    /// <summary>
    /// Before the first market data a market's clock does not know its time. The engine needs no tick of it; what an earlier session left, and all that comes after it, waits:
    /// positions and their limits of time begin with it. History waits, too: a market's clock would take its bars, which may be days old, for the time that it is.
    /// </summary>
    private bool IsTooEarly(in FeedInput item)
    {
        if (item.Input.Kind == InputKind.Timer) return true;
        if (_early is null && item.Input.Kind != InputKind.Carry) return false;
        (_early ??= []).Add(item);
        return true;
    }

    private void Process(in FeedInput item, in Input input)
    {
        _step?.Invoke(Received(in input));
        long sequence = _journal.Append(in input, _engine.OutputHash);
        _step?.Invoke(Received(in input) + 1);
        _observer?.OnMarket(in input);
        ReadOnlySpan<Output> outputs = _engine.Process(in input);
        _options.Door.Move(_engine.State, _engine.AccountState);
        bool hasOrders = Route(outputs, sequence);
        Interlocked.Increment(ref _inputs);
        if (input.Kind is InputKind.Trade or InputKind.Quote or InputKind.Depth) Interlocked.Increment(ref _marketInputs);
        else if (input.Kind == InputKind.Timer) WatchSpace();
        if (item.ParsedAt != 0) Measure(item.ParsedAt, hasOrders);
        foreach (IOutputSink sink in _sinks) sink.On(sequence, in input, outputs);
        if (_isStopping && !HasEntries()) _settled.TrySetResult();
        _isStopping |= input.Kind == InputKind.Command && input.Command.Kind == CommandKind.Stop;
        if (_slow is null) return;
        foreach (Input answer in _slow.Answers()) Handle(new(answer, 0));
    }

    /// <summary>The step before its append; the one behind it follows.</summary>
    private static LiveStep Received(in Input input) =>
        input.Kind != InputKind.Broker ? LiveStep.InputReceived : input.Broker.Kind == BrokerEventKind.Filled ? LiveStep.FillReceived : LiveStep.ReplyReceived;

    /// <summary>An input is known when it is read here, and never before the one before it.</summary>
    private Input Stamp(in Input input)
    {
        if (input.Kind is InputKind.Trade or InputKind.Quote or InputKind.Depth or InputKind.HistoryBar) _clock.Observe(input.Time);
        Timestamp now = _clock.Now;
        return input.At(now > _engine.Now ? now : _engine.Now);
    }

    /// <summary>What cannot be recorded must not be risked. An operator, not the disk, ends the pause.</summary>
    private void WatchSpace()
    {
        if (_isSpaceLow == _journal.IsSpaceLow) return;
        if (!_isSpaceLow && !_inbox.Writer.TryWrite(new(new Input(default, new Command(CommandKind.Pause)), 0))) return;
        _isSpaceLow = !_isSpaceLow;
        Warn(_isSpaceLow
            ? "The disk is nearly full: trading is paused, and only orders that reduce a position pass. Free some space and start a new session."
            : "The disk has space again; trading stays paused until it is resumed.");
    }

    private bool Route(ReadOnlySpan<Output> outputs, long sequence)
    {
        bool hasOrders = false;
        foreach (ref readonly Output output in outputs)
        {
            if (output.Kind == OutputKind.OrderSubmitted && _slow?.Refuses(output.Order) == true) continue;
            if (output.Kind == OutputKind.OrderSubmitted) _outbox.Submit(output.Order, sequence);
            else if (output.Kind == OutputKind.ModifyRequested) _outbox.Modify(output.Order, in output.Terms, sequence);
            else if (output.Kind == OutputKind.CancelRequested) _outbox.Cancel(output.Order, sequence);
            else
            {
                if (output.Kind == OutputKind.OrderCarried) _forgetful?.Restore(output.Order);
                continue;
            }
            hasOrders = true;
            _step?.Invoke(LiveStep.OrderPosted);
        }
        return hasOrders;
    }

    private void Measure(long parsedAt, bool hasOrders)
    {
        long nanoseconds = _time.GetElapsedTime(parsedAt).Ticks * 100;
        ProcessingLatency.Add(nanoseconds);
        if (hasOrders) DecisionLatency.Add(nanoseconds);
    }

    private bool HasEntries()
    {
        for (int i = 0; i < _engine.Options.Instruments.Count; i++)
        {
            foreach (Order order in _engine.Market(i).Working)
            {
                if (order.Purpose is OrderPurpose.Target or OrderPurpose.Flatten) return true;
            }
        }
        return false;
    }
}
