using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Simulation.Fills;
using Tradewind.Simulation.Statistics;

namespace Tradewind.Simulation;

/// <summary>Feeds history to an engine in order of time and works its orders at a simulated venue.</summary>
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

    // What was ordered before meets the bar first, then the engine sees it whole, then its new orders go out.
    public void OnBar(int instrument, in Bar bar)
    {
        if (!_venue.IsIdle(instrument))
        {
            FillOn(instrument, in bar, BarPhase.Open);
            FillOn(instrument, in bar, BarPhase.Inside);
            _venue.ExpireAfter(instrument, bar.End > _engine.Now ? bar.End : _engine.Now);
            DeliverEvents();
        }
        _venue.SetLastPrice(instrument, bar.Close);
        Route(_engine.Process(instrument, in bar));
        if (_venue.HasEvents) DeliverEvents();
        _tally.OnMark(bar.End);
    }

    public void OnTrade(int instrument, in Trade trade)
    {
        _venue.OnTrade(instrument, in trade, trade.Time);
        if (_venue.HasEvents) DeliverEvents();
        Route(_engine.Process(instrument, in trade));
        if (_venue.HasEvents) DeliverEvents();
        _tally.OnMark(trade.Time);
    }

    public void OnQuote(int instrument, in Quote quote)
    {
        _venue.OnQuote(instrument, in quote, quote.Time);
        DeliverEvents();
        Deliver(new Input(instrument, in quote));
        _tally.OnMark(quote.Time);
    }

    private void FillOn(int instrument, in Bar bar, BarPhase phase)
    {
        while (_venue.TryFill(instrument, in bar, phase, _engine.Now, out Input told)) Deliver(in told);
    }

    private void Deliver(in Input input)
    {
        Route(_engine.Process(in input));
        DeliverEvents();
    }

    private void DeliverEvents()
    {
        while (_venue.TryTakeEvent(out Input told)) Route(_engine.Process(in told));
    }

    private void Route(ReadOnlySpan<Output> outputs)
    {
        foreach (ref readonly Output output in outputs)
        {
            switch (output.Kind)
            {
                case OutputKind.OrderSubmitted:
                    _tally.Orders++;
                    _venue.Submit(output.Order, output.Time);
                    break;
                case OutputKind.CancelRequested:
                    _venue.Cancel(output.Order, output.Time);
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
