using Tradewind.Brokers.ProjectX.History;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>A symbol whose silence is to be looked into. It is out of service, unless the history has proved this very silence natural before.</summary>
/// <param name="Since">The gateway's time of what came last, or of the last trade where only trades are missing.</param>
/// <param name="OnlyTrades">Quotes come and tell of trades that do not.</param>
internal readonly record struct Silent(int Position, int Epoch, Timestamp Since, bool OnlyTrades, Timestamp? LastTrade, TimeSpan Age);

/// <summary>All symbols of a feed behind one lock, held for microseconds and never across a call to the network.</summary>
internal sealed class StreamTable : IMarketEvents
{
    private readonly Lock _gate = new();
    private readonly SymbolStream[] _streams;
    private readonly FeedMetrics _metrics;
    private readonly RareWarnings _warnings;
    private readonly VenueClock _clock;
    private readonly TimeProvider _time;

    public StreamTable(IEnumerable<SymbolStream> streams, ContractTable contracts, VenueClock clock, FeedMetrics metrics, RareWarnings warnings, TimeProvider time)
    {
        _streams = [.. streams];
        Contracts = contracts;
        _clock = clock;
        _metrics = metrics;
        _warnings = warnings;
        _time = time;
    }

    /// <summary>Same positions as the symbols.</summary>
    public ContractTable Contracts { get; }

    public int Count => _streams.Length;

    /// <summary>Called when the gateway ends the session.</summary>
    public Action LoggedOut { get; set; } = () => { };

    /// <summary>What is true of a symbol at one moment.</summary>
    public T Read<T>(int position, Func<SymbolStream, T> read)
    {
        lock (_gate) return read(_streams[position]);
    }

    /// <summary>Changes one symbol.</summary>
    public T Change<T>(int position, Func<SymbolStream, T> change) => Read(position, change);

    public void Change(int position, Action<SymbolStream> change)
    {
        lock (_gate) change(_streams[position]);
    }

    /// <summary>Goes live if the epoch is still the one in which the filling was begun.</summary>
    public bool GoLive(int position, int epoch, Filling filling)
    {
        lock (_gate)
        {
            if (_streams[position].Epoch != epoch) return false;
            _streams[position].GoLive(filling);
            return true;
        }
    }

    /// <summary>The silence is the market's: back into service if it was out, with all that was held back.</summary>
    public void ProveQuiet(in Silent silent)
    {
        lock (_gate)
        {
            SymbolStream stream = _streams[silent.Position];
            if (stream.Epoch != silent.Epoch) return;
            stream.IsAskedFor = false;
            stream.Silence.Prove(_time.GetTimestamp());
            if (stream.State != StreamState.Live) stream.GoLive(Filling.Nothing with { From = silent.Since });
        }
    }

    /// <summary>The silence may not be the market's. False if the symbol has spoken, or has been lost, since it was taken.</summary>
    public bool Doubt(ref Silent silent)
    {
        lock (_gate)
        {
            SymbolStream stream = _streams[silent.Position];
            if (stream.Epoch != silent.Epoch) return false;
            if (stream.State != StreamState.Live) return true;
            stream.IsAskedFor = false;
            if (stream.Silence.Age(_time.GetTimestamp()) < silent.Age) return false;
            stream.GoDown();
            silent = silent with { Epoch = stream.Epoch };
            return true;
        }
    }

    /// <summary>The connection is gone.</summary>
    public void LoseAll()
    {
        lock (_gate)
        {
            foreach (SymbolStream stream in _streams)
            {
                stream.GoDown();
                stream.ForgetHeld();
            }
        }
    }

    /// <summary>The symbols that have been silent for too long in open hours, each once until it is answered for.</summary>
    public IReadOnlyList<Silent> TakeSilent()
    {
        long now = _time.GetTimestamp();
        Timestamp venueNow = _clock.Now;
        List<Silent> silent = [];
        lock (_gate)
        {
            for (int i = 0; i < _streams.Length; i++)
            {
                SymbolStream stream = _streams[i];
                if (!IsSilent(stream, now, venueNow)) continue;
                bool onlyTrades = stream.LacksTrades(now) && stream.LastTradeTime < stream.LastPayloadTime;
                Timestamp since = onlyTrades ? stream.LastTradeTime!.Value : stream.LastPayloadTime;
                if (!stream.Silence.IsProven) stream.GoDown();
                stream.IsAskedFor = true;
                silent.Add(new(i, stream.Epoch, since, onlyTrades, stream.LastTradeTime, stream.Silence.Age(now)));
            }
        }
        return silent;
    }

    /// <summary>The symbols whose trades and quotes have begun to disagree; they are out of service.</summary>
    public IReadOnlyList<int> TakeDisagreeing()
    {
        long now = _time.GetTimestamp();
        List<int> positions = [];
        lock (_gate)
        {
            for (int i = 0; i < _streams.Length; i++)
            {
                if (_streams[i].State != StreamState.Live || !_streams[i].Disagreement.IsFound(now)) continue;
                _streams[i].GoDown();
                positions.Add(i);
            }
        }
        return positions;
    }

    /// <summary>True when another symbol than this one was heard within the span: the connection itself is alive.</summary>
    public bool IsAnotherHeard(int position, TimeSpan within)
    {
        long now = _time.GetTimestamp();
        lock (_gate)
        {
            for (int i = 0; i < _streams.Length; i++)
            {
                if (i != position && _streams[i].Silence.Age(now) < within) return true;
            }
        }
        return false;
    }

    public IReadOnlyList<SymbolHealth> Health()
    {
        long now = _time.GetTimestamp();
        lock (_gate) return [.. _streams.Select(stream => new SymbolHealth(stream.Index, stream.Symbol, stream.State == StreamState.Live, stream.Silence.Age(now), stream.Silence.Threshold))];
    }

    public void OnMessage(int contract, MarketChannel channel, long receivedAt)
    {
        _metrics.MessageReceived();
        if (contract < 0) return;
        lock (_gate) _streams[contract].OnMessage(channel, receivedAt);
    }

    public void OnQuote(int contract, in QuotePatch quote, long receivedAt)
    {
        lock (_gate) _streams[contract].OnQuote(quote, receivedAt);
    }

    public void OnTrade(int contract, in TradePrint trade, long receivedAt)
    {
        lock (_gate) _streams[contract].OnTrade(trade, receivedAt);
    }

    public void OnDepth(int contract, in DepthEntry entry, long receivedAt)
    {
        lock (_gate) _streams[contract].OnDepth(entry, receivedAt);
    }

    public void OnUnreadable(string what)
    {
        _metrics.MessageUnreadable();
        _warnings.Say("Market hub", what);
    }

    public void OnLogout() => LoggedOut();

    /// <summary>The session's opening starts the count anew: nothing is expected of a closed market.</summary>
    private static bool IsSilent(SymbolStream stream, long now, Timestamp venueNow)
    {
        if (stream.State != StreamState.Live || stream.IsAskedFor) return false;
        Core.Market.Session session = stream.Instrument.Calendar.SessionAt(venueNow);
        if (!session.Contains(venueNow) || venueNow - session.Open < stream.Silence.Threshold) return false;
        return stream.Silence.IsDoubtful(now) || stream.LacksTrades(now);
    }
}
