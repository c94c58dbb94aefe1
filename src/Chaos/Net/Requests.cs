using Tradewind.Chaos.Faults;
using Tradewind.Chaos.World;

namespace Tradewind.Chaos.Net;

/// <summary>How a request ended, seen from the program.</summary>
public enum RequestEnd
{
    /// <summary>The venue's reply is there.</summary>
    Replied = 0,

    /// <summary>It certainly did not reach the venue.</summary>
    NotSent = 1,

    /// <summary>No reply in time: nobody knows.</summary>
    Unknown = 2,

    /// <summary>The venue turned it away, because there were too many.</summary>
    Limited = 3,

    /// <summary>The venue turned it away, because the login has ended.</summary>
    Unauthorized = 4,

    /// <summary>The venue's server failed, before or after it did what was asked.</summary>
    ServerError = 5,
}

public static class RequestEndExtensions
{
    /// <summary>True when it certainly changed nothing at the venue.</summary>
    public static bool IsTurnedAway(this RequestEnd end) => end is RequestEnd.NotSent or RequestEnd.Limited or RequestEnd.Unauthorized;
}

/// <summary>Carries requests to the venue and replies back, and loses, delays or refuses them.</summary>
public sealed class Requests(Agenda agenda, Chance chance, FaultMix mix)
{
    /// <summary>After this long without a reply the program gives a request up.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(15);

    /// <summary>Until then the venue turns all requests away, or does not answer.</summary>
    private Core.Model.Timestamp _limitedUntil;
    private Core.Model.Timestamp _outUntil;

    private Core.Model.Timestamp _expiredUntil;
    private readonly HashSet<string> _open = [];

    /// <summary>Is told when the token expires, and when there is another.</summary>
    public Action<bool> OnToken { get; set; } = _ => { };

    /// <summary>Tokens that were given out: only the last is good.</summary>
    public int Tokens { get; private set; } = 1;

    /// <summary>Orders of which something is on its way.</summary>
    public int OpenCount => _open.Count;

    public bool IsOpen(string clientId) => _open.Contains(clientId);

    /// <summary>The program that waited for replies is gone.</summary>
    public void Forget() => _open.Clear();

    /// <summary>Sends; <paramref name="ended"/> is called exactly once.</summary>
    /// <param name="atVenue">What the venue does when the request arrives; returns its reply.</param>
    /// <param name="order">Client id of the order that it is about; null for a question.</param>
    /// <param name="deadline">When whoever sends gives it up; <see cref="Timeout"/> where null.</param>
    public void Send<T>(Func<T> atVenue, Action<RequestEnd, T?> ended, string? order = null, TimeSpan? deadline = null)
    {
        Trouble();
        if (IsTurnedAway(out Fault? why))
        {
            if (why is { } fault) mix.Strikes.Hit(fault, agenda.Now);
            RequestEnd turned = why switch { Fault.F79 => RequestEnd.Limited, Fault.F45 => RequestEnd.Unauthorized, _ => RequestEnd.NotSent };
            agenda.After(OneWay, () => ended(turned, default));
            return;
        }
        if (order is not null) _open.Add(order);
        bool isOpen = true;
        void End(RequestEnd end, T? reply)
        {
            if (!isOpen)
            {
                if (order is not null && end == RequestEnd.Replied) mix.Strikes.HitOrder(Fault.F3, agenda.Now, order);
                return;
            }
            isOpen = false;
            if (order is not null) _open.Remove(order);
            ended(end, reply);
        }

        agenda.After(deadline ?? Timeout, () => End(RequestEnd.Unknown, default));
        if (IsLost(order)) return;
        agenda.After(There(), () => Reply(atVenue(), order, End));
    }

    private void Reply<T>(T reply, string? order, Action<RequestEnd, T?> end)
    {
        if (Happens(FaultKind.ReplyLost, Fault.F1, order)) return;
        TimeSpan back = chance.Happens(mix[FaultKind.ReplyLate]) ? Late() : chance.Around(OneWay);
        bool isError = Happens(FaultKind.ServerError, Fault.F80, order);
        agenda.After(back, () => end(isError ? RequestEnd.ServerError : RequestEnd.Replied, isError ? default : reply));
    }

    private TimeSpan There() => chance.Happens(mix[FaultKind.RequestLate]) ? Late() : chance.Around(OneWay);

    private TimeSpan Late()
    {
        mix.Strikes.Disturb(agenda.Now);
        return TimeSpan.FromSeconds(60 * chance.Even());
    }

    private void Trouble()
    {
        if (chance.Happens(mix[FaultKind.RateLimited] * 0.2)) _limitedUntil = agenda.Now + chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        if (chance.Happens(mix[FaultKind.VenueOutage] * 0.1)) _outUntil = agenda.Now + chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        if (agenda.Now >= _expiredUntil && chance.Happens(mix[FaultKind.TokenExpired] * 0.1)) Expire();
    }

    private void Expire()
    {
        Tokens++;
        _expiredUntil = agenda.Now + chance.Between(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));
        agenda.After(TimeSpan.Zero, () => OnToken(false));
        agenda.At(_expiredUntil, () => OnToken(true));
    }

    /// <param name="why">Null where the reason is on the program's side.</param>
    private bool IsTurnedAway(out Fault? why)
    {
        why = agenda.Now < _limitedUntil ? Fault.F79 : agenda.Now < _expiredUntil ? Fault.F45 : null;
        return why is not null || chance.Happens(mix[FaultKind.RequestRefusedLocally]);
    }

    private bool IsLost(string? order)
    {
        if (agenda.Now >= _outUntil) return Happens(FaultKind.RequestLost, Fault.F2, order);
        Hit(Fault.F80, order);
        return true;
    }

    private bool Happens(FaultKind kind, Fault fault, string? order)
    {
        if (!chance.Happens(mix[kind])) return false;
        Hit(fault, order);
        return true;
    }

    private void Hit(Fault fault, string? order)
    {
        if (order is not null) mix.Strikes.HitOrder(fault, agenda.Now, order);
        else mix.Strikes.Disturb(agenda.Now);
    }
}
