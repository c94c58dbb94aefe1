using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Host;
using Tradewind.Chaos.Net;
using Tradewind.Chaos.Venue;
using Tradewind.Chaos.World;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;

namespace Tradewind.Chaos.Checks;

/// <summary>
/// Sees by the venue's own positions and orders, not by the engine's, that what the account holds is covered by stops that work there, or is being closed; all but what the engine has
/// taken for other people's, which it leaves alone. It judges in quiet times only: whoever has just lost a row, a reply or the program knows less than the venue, and how long that may
/// last other checks say.
/// </summary>
internal sealed class CoverWatch(Agenda agenda, FaultMix mix, OracleVenue venue, PushLine stream, Action<string, string> breaks)
{
    /// <summary>
    /// After a fault, all that it hid is found in this time: an account without working orders is compared every 30 s, and what contradicts better knowledge is believed after
    /// 15 s and eight answers, which may be 2 s apart while questions fail.
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    /// <summary>The limit, one beat of the timer, and the ways of the fill's row, of the order that closes, and through the disk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Closing orders that the venue refused are tried again, once a minute at the least.</summary>
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(75);

    private readonly Dictionary<int, Timestamp> _bareSince = [];
    private readonly Dictionary<int, decimal> _held = [];
    private Timestamp _disturbed = agenda.Now;

    public void Look(TradingProgram program)
    {
        if (IsDisturbed(program)) _disturbed = agenda.Now;
        for (int i = 0; i < program.Engine.Options.Instruments.Count; i++) Look(program, i);
    }

    /// <summary>The program is gone: what it did not see it could not mend.</summary>
    public void Forget() => _disturbed = agenda.Now;

    private bool IsDisturbed(TradingProgram program) =>
        program.Engine.AccountState != AccountState.Synced || program.IsStill || !stream.IsUp || stream.IsFrozen || venue.IsHalted || !venue.CanTrade;

    private void Look(TradingProgram program, int instrument)
    {
        decimal held = venue.NetOf(instrument) - program.Memory.ExternalOf(instrument), before = _held.GetValueOrDefault(instrument);
        _held[instrument] = held;
        decimal bare = Math.Abs(held) - venue.StopsOf(instrument, held > 0m ? Side.Sell : Side.Buy);
        if (bare <= 0m || !IsUnderProtection(program, instrument))
        {
            _bareSince.Remove(instrument);
            return;
        }
        if (held * before < 0m || Math.Abs(held) > Math.Abs(before)) _bareSince[instrument] = agenda.Now;
        else _bareSince.TryAdd(instrument, agenda.Now);
        Timestamp sound = Later(_disturbed, mix.Strikes.Disturbed);
        TimeSpan length = agenda.Now - _bareSince[instrument], quiet = agenda.Now - sound;
        bool isInTime = IsClosing(program, instrument) ? length <= ClosingPatience || quiet <= ClosingPatience : length <= Patience || quiet <= Quiet;
        if (isInTime) return;
        breaks("I6", $"the account holds {held} of instrument {instrument} at the venue beside what is other people's, and no stop there has covered {bare} of it for {length.TotalSeconds:F1} s");
        _disturbed = agenda.Now;
    }

    /// <summary>A strategy that holds something and wished for no stop has none.</summary>
    private static bool IsUnderProtection(TradingProgram program, int instrument)
    {
        for (int i = 0; i < program.Engine.StrategyCount; i++)
        {
            var strategy = program.Engine.Strategy(i);
            if (strategy.Instrument == instrument && !strategy.Position.IsFlat && !strategy.IsClosing && strategy.StopLoss == 0m) return false;
        }
        return true;
    }

    private static bool IsClosing(TradingProgram program, int instrument)
    {
        for (int i = 0; i < program.Engine.StrategyCount; i++)
        {
            if (program.Engine.Strategy(i).Instrument == instrument && program.Engine.Strategy(i).IsClosing) return true;
        }
        return false;
    }

    private static Timestamp Later(Timestamp one, Timestamp other) => one > other ? one : other;
}
