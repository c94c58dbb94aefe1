using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Simulation.Fills;
using Tradewind.Simulation.Statistics;

namespace Tradewind.Simulation;

/// <summary>Feeds history to an engine in order of time and works its orders at a simulated venue. Histories of several instruments are put in order by <see cref="JointRun"/>.</summary>
public sealed class Backtest
{
    private readonly Engine _engine;
    private readonly SimulatedVenue _venue;
    private readonly Tally _tally;

    /// <param name="engine">With its strategies added; used up by one run.</param>
    public Backtest(Engine engine, VenueOptions venue)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _venue = new SimulatedVenue(engine.Options.Instruments, venue);
        _tally = new Tally(engine);
    }

    public Tally Tally => _tally;

    /// <summary>Runs over the bars of one instrument, oldest first.</summary>
    public void Run(int instrument, ReadOnlySpan<Bar> bars)
    {
        foreach (ref readonly Bar bar in bars) OnBar(instrument, in bar);
    }

    public void Run(int instrument, ReadOnlySpan<Trade> trades)
    {
        foreach (ref readonly Trade trade in trades) OnTrade(instrument, in trade);
    }

    public void Run(int instrument, ReadOnlySpan<Quote> quotes)
    {
        foreach (ref readonly Quote quote in quotes) OnQuote(instrument, in quote);
    }

    /// <summary>Runs over quotes of an instrument that has no trades: bars of this timeframe are built of the middle between bid and ask, and only they are marks of the equity.</summary>
    /// <remarks>A bar is known with the first quote after it, and what is ordered then fills with the next quote, at its bid or ask.</remarks>
    /// <exception cref="ArgumentException">No bars of the timeframe can be built.</exception>
    public void Run(int instrument, ReadOnlySpan<Quote> quotes, Timeframe timeframe)
    {
        var builder = new BarBuilder(timeframe, _engine.Options.Instruments[instrument]);
        foreach (ref readonly Quote quote in quotes)
        {
            OnQuote(instrument, in quote);
            if (builder.Add(new Trade(quote.Time, quote.Mid, 0), out Bar bar)) SeeBuilt(instrument, in bar, quote.Time);
        }
    }

    /// <summary>Once, after the last event: the session ends, so strategies are told and entry orders are canceled. <see cref="Engine.Release"/> is the caller's, who made them.</summary>
    public void Finish() => Deliver(new Input(_engine.Now, new Command(CommandKind.Stop)));

    // What was ordered before meets the bar first, then the engine sees it whole, then its new orders go out.
    // Orders stand on their own, so that the compiler has room for all the rest of a bar in one piece.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void OnBar(int instrument, in Bar bar)
    {
        if (!_venue.IsIdle(instrument)) Work(instrument, in bar);
        See(instrument, in bar);
        _tally.OnBar(in bar);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Work(int instrument, in Bar bar)
    {
        EndBefore(instrument, in bar);
        while (_venue.TryFill(instrument, in bar, _engine.Now)) DeliverEvents();
        ExpireAfter(instrument, in bar);
    }

    public void OnTrade(int instrument, in Trade trade)
    {
        See(instrument, in trade);
        _tally.OnTick(trade.Time);
    }

    public void OnQuote(int instrument, in Quote quote)
    {
        See(instrument, in quote);
        _tally.OnTick(quote.Time);
    }

    /// <summary>The next fill within a bar that is under way, and when it is told; null when nothing fills in it.</summary>
    internal (BarFill Fill, Timestamp Told)? FindFill(int instrument, in Bar bar)
    {
        if (_venue.IsIdle(instrument)) return null;
        EndBefore(instrument, in bar);
        if (_venue.FindFill(instrument, in bar, _engine.Now) is not { } fill) return null;
        return (fill, fill.Time > _engine.Now ? fill.Time : _engine.Now);
    }

    internal void TakeFill(int instrument, in BarFill fill)
    {
        _venue.TakeFill(instrument, in fill, _engine.Now);
        DeliverEvents();
    }

    /// <summary>The end of a bar whose fills were taken before.</summary>
    internal void Close(int instrument, in Bar bar)
    {
        if (!_venue.IsIdle(instrument)) ExpireAfter(instrument, in bar);
        See(instrument, in bar);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void See(int instrument, in Trade trade)
    {
        _venue.OnTrade(instrument, in trade, trade.Time);
        if (_venue.HasEvents) DeliverEvents();
        RouteAndDeliver(_engine.Process(instrument, in trade));
    }

    internal void See(int instrument, in Quote quote)
    {
        _venue.OnQuote(instrument, in quote, quote.Time);
        DeliverEvents();
        Deliver(new Input(instrument, in quote));
    }

    /// <summary>A bar that was built of quotes, known now.</summary>
    internal void SeeBuilt(int instrument, in Bar bar, Timestamp now)
    {
        _venue.SetLastPrice(instrument, bar.Close);
        _tally.BuiltBars++;
        Deliver(new Input(instrument, in bar, now, isHistory: false));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void See(int instrument, in Bar bar)
    {
        _venue.SetLastPrice(instrument, bar.Close);
        RouteAndDeliver(_engine.Process(instrument, in bar));
    }

    private void EndBefore(int instrument, in Bar bar)
    {
        _venue.ExpireBefore(instrument, bar.Start, _engine.Now);
        DeliverEvents();
    }

    private void ExpireAfter(int instrument, in Bar bar)
    {
        _venue.ExpireAfter(instrument, bar.End > _engine.Now ? bar.End : _engine.Now);
        DeliverEvents();
    }

    private void Deliver(in Input input)
    {
        Route(_engine.Process(in input));
        DeliverEvents();
    }

    private void DeliverEvents()
    {
        while (_venue.HasEvents)
        {
            ref readonly VenueEvent next = ref _venue.TakeEvent();
            Route(_engine.Process(next.Time, in next.Told, next.Text));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Route(ReadOnlySpan<Output> outputs)
    {
        if (outputs.Length > 0) RouteAll(outputs);
    }

    /// <summary>The venue has nothing to tell where nothing was asked of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RouteAndDeliver(ReadOnlySpan<Output> outputs)
    {
        if (outputs.Length == 0) return;
        RouteAll(outputs);
        DeliverEvents();
    }

    private void RouteAll(ReadOnlySpan<Output> outputs)
    {
        foreach (ref readonly Output output in outputs)
        {
            switch (output.Kind)
            {
                case OutputKind.OrderSubmitted:
                    _tally.Orders++;
                    _venue.Submit(output.Order, output.Time);
                    break;
                case OutputKind.RiskChecked:
                    if (output.RiskChecked.Result.Outcome == RiskOutcome.Deny) _tally.OnDenial(output.Text!);
                    break;
                case OutputKind.SignalRefused:
                    _tally.OnRefusal(output.SignalRefused.Reason);
                    break;
                case OutputKind.BarClosed:
                    _tally.BuiltBars++;
                    break;
                case OutputKind.CancelRequested:
                    _venue.Cancel(output.Order, output.Time);
                    break;
                case OutputKind.ModifyRequested:
                    _venue.Modify(output.Order, output.Time);
                    break;
                case OutputKind.FillBooked:
                    _tally.OnFill(in output);
                    break;
                case OutputKind.RoundTripClosed:
                    _tally.OnRoundTrip(output.Instrument, in output.RoundTrip);
                    break;
            }
        }
    }
}
