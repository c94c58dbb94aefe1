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

    /// <summary>No reply in time, a broken connection, an unreadable answer: nobody knows.</summary>
    Unknown = 2,
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

    /// <summary>Something went wrong with a request now or lately.</summary>
    public bool IsTroubled => agenda.Now < _limitedUntil || agenda.Now < _outUntil;

    /// <summary>Sends; <paramref name="ended"/> is called exactly once.</summary>
    /// <param name="atVenue">What the venue does when the request arrives; returns its reply.</param>
    public void Send<T>(Func<T> atVenue, Action<RequestEnd, T?> ended)
    {
        if (chance.Happens(mix[FaultKind.RateLimited] * 0.2)) _limitedUntil = agenda.Now + chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        if (chance.Happens(mix[FaultKind.VenueOutage] * 0.1)) _outUntil = agenda.Now + chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        if (agenda.Now < _limitedUntil || chance.Happens(mix[FaultKind.RequestRefusedLocally]))
        {
            agenda.After(OneWay, () => ended(RequestEnd.NotSent, default));
            return;
        }
        bool isOpen = true;
        void End(RequestEnd end, T? reply)
        {
            if (!isOpen) return;
            isOpen = false;
            ended(end, reply);
        }

        agenda.After(Timeout, () => End(RequestEnd.Unknown, default));
        if (agenda.Now < _outUntil || chance.Happens(mix[FaultKind.RequestLost])) return;
        TimeSpan there = chance.Happens(mix[FaultKind.RequestLate]) ? TimeSpan.FromSeconds(60 * chance.Even()) : chance.Around(OneWay);
        agenda.After(there, () =>
        {
            T reply = atVenue();
            if (chance.Happens(mix[FaultKind.ReplyLost])) return;
            agenda.After(chance.Happens(mix[FaultKind.ReplyLate]) ? TimeSpan.FromSeconds(60 * chance.Even()) : chance.Around(OneWay), () => End(RequestEnd.Replied, reply));
        });
    }
}
