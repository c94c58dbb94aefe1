using Tradewind.Gateway.Matching;

namespace Tradewind.Gateway.Accounts;

/// <summary>Holds the accounts to their rules: liquidates at a loss limit, flattens before the close, and begins each day anew at 17:00 in Chicago.</summary>
/// <remarks>Open positions count at the last traded price. Rules are looked at whenever an instant of the market is over.</remarks>
internal sealed class RuleWatch
{
    private readonly TradingVenue _venue;
    private readonly IVenueEvents _events;
    private readonly List<Watched> _watched;

    public RuleWatch(TradingVenue venue, IVenueEvents events)
    {
        _venue = venue;
        _events = events;
        _watched = [.. venue.Accounts.Select(account => new Watched(account))];
        _venue.At(TradingDay.NextTurn(_venue.Now), Turn);
        foreach (Watched watched in _watched.Where(watched => watched.Rules.FlatBy is not null)) ScheduleFlat(watched);
    }

    /// <summary>Looks whether an account has come to a limit.</summary>
    public void Check()
    {
        foreach (Watched watched in _watched)
        {
            if (watched.Rules is { MaximumLoss: null, DailyLoss: null } || watched.IsLocked) continue;
            decimal equity = watched.Account.Equity(_venue.LastPriceOf);
            watched.Raise(equity);
            if (equity <= watched.Floor) Liquidate(watched, isLost: true);
            else if (equity <= watched.DayStart - watched.Rules.DailyLoss) Liquidate(watched, isLost: false);
        }
    }

    private void Liquidate(Watched watched, bool isLost)
    {
        watched.IsLocked = true;
        watched.IsLost = isLost;
        watched.Account.CanTrade = false;
        _venue.Closing.Flatten(watched.Account);
        _events.Account(watched.Account);
    }

    private void Turn()
    {
        foreach (Watched watched in _watched)
        {
            watched.EndDay();
            if (!watched.IsLocked || watched.IsLost) continue;
            watched.IsLocked = false;
            watched.Account.CanTrade = true;
            _events.Account(watched.Account);
        }
        _venue.At(TradingDay.NextTurn(_venue.Now), Turn);
    }

    private void ScheduleFlat(Watched watched) => _venue.At(TradingDay.Next(_venue.Now, watched.Rules.FlatBy!.Value.ToTimeSpan()), () =>
    {
        _venue.Closing.Flatten(watched.Account);
        ScheduleFlat(watched);
    });

    private sealed class Watched(TradingAccount account)
    {
        private decimal _highest = account.Balance;

        public TradingAccount Account => account;

        public AccountRules Rules => account.Options.Rules;

        public decimal DayStart { get; private set; } = account.Balance;

        public bool IsLocked { get; set; }

        /// <summary>Locked for good.</summary>
        public bool IsLost { get; set; }

        /// <summary>Equity at which the account is lost; it never falls and stops rising at the starting balance.</summary>
        public decimal? Floor => Rules.MaximumLoss is { } most ? Math.Min(account.Options.Balance, _highest - most) : null;

        public void Raise(decimal equity)
        {
            if (Rules.MaximumLossBasis == TrailBasis.Realized) _highest = Math.Max(_highest, account.Balance);
            if (Rules.MaximumLossBasis == TrailBasis.Equity) _highest = Math.Max(_highest, equity);
        }

        public void EndDay()
        {
            _highest = Math.Max(_highest, account.Balance);
            DayStart = account.Balance;
        }
    }
}
