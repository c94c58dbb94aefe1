using Tradewind.Core.Model;
using Tradewind.Gateway.Matching;

namespace Tradewind.Gateway.Accounts;

/// <summary>Holds the accounts to their rules: liquidates at a loss limit, flattens before the close, and begins each day anew at 17:00 in Chicago.</summary>
/// <remarks>Open positions count at the last traded price. Rules are looked at whenever an instant of the market is over.</remarks>
internal sealed class RuleWatch
{
    private readonly TradingVenue _venue;
    private readonly IVenueEvents _events;

    /// <param name="since">Until when the rules were watched before: what was missed is made up for as soon as time goes on.</param>
    public RuleWatch(TradingVenue venue, IVenueEvents events, Timestamp since)
    {
        _venue = venue;
        _events = events;
        _venue.At(TradingDay.NextTurn(since), Turn);
        foreach (TradingAccount account in venue.Accounts.Where(account => account.Options.Rules.FlatBy is not null)) ScheduleFlat(account, since);
    }

    /// <summary>Looks whether an account has come to a limit.</summary>
    public void Check()
    {
        foreach (TradingAccount account in _venue.Accounts)
        {
            AccountRules rules = account.Options.Rules;
            if (rules is { MaximumLoss: null, DailyLoss: null } || account.Standing.IsLocked) continue;
            decimal equity = account.Equity(_venue.LastPriceOf);
            if (rules.MaximumLossBasis != TrailBasis.EndOfDay) Raise(account, rules.MaximumLossBasis == TrailBasis.Equity ? equity : account.Balance);
            if (equity <= FloorOf(account)) Liquidate(account, isLost: true);
            else if (equity <= account.Standing.DayStart - rules.DailyLoss) Liquidate(account, isLost: false);
        }
    }

    /// <summary>Closes everything and locks the account, until the day turns or for good.</summary>
    public void Liquidate(TradingAccount account, bool isLost)
    {
        account.Standing = account.Standing with { IsLocked = true, IsLost = isLost };
        account.CanTrade = false;
        _venue.Closing.Flatten(account);
        _events.Account(account);
    }

    /// <summary>Equity at which the account is lost; it never falls and stops rising at the starting balance.</summary>
    private static decimal? FloorOf(TradingAccount account) =>
        account.Options.Rules.MaximumLoss is { } most ? Math.Min(account.Options.Balance, account.Standing.Highest - most) : null;

    private void Raise(TradingAccount account, decimal basis)
    {
        if (basis <= account.Standing.Highest) return;
        account.Standing = account.Standing with { Highest = basis };
        _events.Kept(account);
    }

    private void Turn()
    {
        foreach (TradingAccount account in _venue.Accounts)
        {
            bool isFreed = account.Standing is { IsLocked: true, IsLost: false };
            account.Standing = account.Standing with { Highest = Math.Max(account.Standing.Highest, account.Balance), DayStart = account.Balance, IsLocked = account.Standing.IsLost };
            _events.Kept(account);
            if (!isFreed) continue;
            account.CanTrade = true;
            _events.Account(account);
        }
        _venue.At(TradingDay.NextTurn(_venue.Now), Turn);
    }

    private void ScheduleFlat(TradingAccount account, Timestamp since) => _venue.At(TradingDay.Next(since, account.Options.Rules.FlatBy!.Value.ToTimeSpan()), () =>
    {
        _venue.Closing.Flatten(account);
        ScheduleFlat(account, _venue.Now);
    });
}
