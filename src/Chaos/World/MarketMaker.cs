using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Host;
using Tradewind.Chaos.Venue;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Chaos.World;

/// <summary>Makes prices, shows them to the venue as they are and to the program as its feed brings them: late, not at all, or nonsense.</summary>
public sealed class MarketMaker(Agenda agenda, Chance chance, Chance feed, FaultMix mix, OracleVenue venue, TradingProgram program, WorldOptions options)
{
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(8);

    private readonly long[] _ticks = [.. Enumerable.Range(0, options.Instruments).Select(index => 20_000L + 40_000 * index)];
    private readonly Timestamp[] _frozenUntil = new Timestamp[options.Instruments];
    private Timestamp _allFrozenUntil;
    private Timestamp _gapUntil;
    private bool _isClosed;

    /// <summary>Nothing trades any more.</summary>
    public void Close() => _isClosed = true;

    /// <summary>The program's feed connects, or says that it cannot: what it said before may be lost with the program that it said it to.</summary>
    public void Greet()
    {
        FeedEventKind said = agenda.Now < _gapUntil ? FeedEventKind.Down : FeedEventKind.Up;
        for (int i = 0; i < options.Instruments; i++) program.Hear(new Input(i, default, new FeedEvent(said)));
    }

    public void Open()
    {
        for (int i = 0; i < options.Instruments; i++)
        {
            int instrument = i;
            Action next = () => { };
            next = () =>
            {
                if (_isClosed) return;
                Trade(instrument);
                agenda.After(chance.Around(options.TradePause), next);
            };
            Trade(instrument);
            agenda.After(chance.Around(options.TradePause), next);
        }
    }

    private void Trade(int instrument)
    {
        if (venue.IsHalted) return;
        int trades = 1;
        if (chance.Happens(mix[FaultKind.FeedBurst] * 0.01))
        {
            mix.Strikes.Hit(Fault.F42, agenda.Now);
            trades = 20 + chance.Below(30);
        }
        for (int i = 0; i < trades; i++)
        {
            int step = chance.Below(5);
            _ticks[instrument] += step == 0 ? -1 : step == 1 ? 1 : chance.Happens(0.002) ? chance.Below(31) - 15 : 0;
            decimal price = _ticks[instrument] * 0.25m;
            venue.OnTrade(instrument, price);
            Show(instrument, price);
        }
    }

    private void Show(int instrument, decimal price)
    {
        Freeze(instrument);
        if (feed.Happens(mix[FaultKind.FeedGap] * 0.002)) Break();
        if (agenda.Now < _frozenUntil[instrument] || agenda.Now < _allFrozenUntil || agenda.Now < _gapUntil) return;
        var trade = new Input(instrument, new Trade(agenda.Now, (double)price, 1 + feed.Below(5)));
        if (feed.Happens(mix[FaultKind.FeedDuplicated] * 0.1)) Strange(trade, OneWay);
        if (feed.Happens(mix[FaultKind.FeedLate] * 0.1)) Strange(trade, feed.Around(TimeSpan.FromSeconds(3)));
        else agenda.After(OneWay, () => program.Hear(trade));
    }

    private void Freeze(int instrument)
    {
        if (feed.Happens(mix[FaultKind.FeedFrozen] * 0.005))
        {
            mix.Strikes.Hit(Fault.F37, agenda.Now);
            _frozenUntil[instrument] = agenda.Now + feed.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        }
        if (!feed.Happens(mix[FaultKind.FeedFrozenWhole] * 0.002)) return;
        mix.Strikes.Hit(Fault.F36, agenda.Now);
        _allFrozenUntil = agenda.Now + feed.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(40));
    }

    private void Strange(Input trade, TimeSpan delay)
    {
        mix.Strikes.Hit(Fault.F40, agenda.Now);
        agenda.After(delay, () => program.Hear(trade));
    }

    /// <summary>The feed says that it is down, comes back, and could not fill what it missed.</summary>
    private void Break()
    {
        if (agenda.Now < _gapUntil) return;
        Timestamp from = agenda.Now;
        mix.Strikes.Hit(Fault.F39, from);
        _gapUntil = from + feed.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        for (int i = 0; i < options.Instruments; i++)
        {
            int instrument = i;
            program.Hear(new Input(instrument, default, new FeedEvent(FeedEventKind.Down)));
            agenda.At(_gapUntil, () =>
            {
                program.Hear(new Input(instrument, default, new FeedEvent(FeedEventKind.Gap, from, _gapUntil)));
                program.Hear(new Input(instrument, default, new FeedEvent(FeedEventKind.Up)));
            });
        }
    }
}
