using System.Globalization;
using System.Text.RegularExpressions;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Trading;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Brackets;

/// <summary>
/// Knows the stops and targets that the gateway made for our entries. Until the engine asks for such an order, nothing of it reaches the
/// synchroniser; from then on its rows are those of the engine's order, under that order's client id.
/// </summary>
/// <remarks>
/// A leg is recognised by the number of its entry or by the tag that the gateway gives it, that of the entry with <c>-SL</c> or <c>-TP</c>
/// behind it; so are those of an earlier session. Its executions go to the synchroniser at once: they wait there until their order is known.
/// </remarks>
internal sealed partial class LegBook
{
    private const int MostEntries = 256;

    /// <summary>A leg that filled so long ago, and that nobody asked for since, is not what an order of now is about.</summary>
    private static readonly TimeSpan FreeFor = TimeSpan.FromSeconds(15);

    /// <summary>The same of one that was the engine's.</summary>
    private static readonly TimeSpan NewsFor = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly InstrumentMap _instruments;
    private readonly TimeProvider _time;
    private readonly List<BracketedEntry> _entries = [];
    private readonly Dictionary<long, BracketedEntry> _byNumber = [];
    private readonly Dictionary<long, Leg> _legs = [];
    private readonly Dictionary<long, string> _carried = [];
    private readonly HashSet<string> _carriedTags = [];
    private TaskCompletionSource _changed = New();

    public LegBook(InstrumentMap instruments, AccountMemory? memory, TimeProvider time)
    {
        (_instruments, _time) = (instruments, time);
        foreach (RememberedOrder order in memory?.Orders ?? [])
        {
            _carriedTags.Add(order.Intent.ClientId);
            if (long.TryParse(order.VenueId, NumberStyles.None, CultureInfo.InvariantCulture, out long number)) _carried[number] = order.Intent.ClientId;
        }
    }

    /// <summary>An entry is about to leave, with legs or without: what was expected of earlier ones of the strategy is over.</summary>
    public void Leaving(string tag, int instrument, WireSide side, int strategy, bool hasStop, bool hasTarget)
    {
        lock (_gate)
        {
            foreach (BracketedEntry earlier in _entries)
            {
                if (earlier.Instrument == instrument && earlier.Strategy == strategy && earlier.Tag != tag) earlier.IsPast = true;
            }
            if (!hasStop && !hasTarget) return;
            BracketedEntry entry = _entries.Find(entry => entry.Tag == tag) ?? Add(new(tag, instrument, side, strategy));
            entry.IsPast = false;
            if (hasStop) entry.Promise(LegKind.Stop);
            if (hasTarget) entry.Promise(LegKind.Target);
        }
    }

    /// <summary>The gateway did not take the entry.</summary>
    public void Refused(string tag)
    {
        lock (_gate) _entries.RemoveAll(entry => entry.Tag == tag && entry.Legs.Count == 0);
    }

    /// <summary>What the synchroniser is to be told of an order; null while that is nothing.</summary>
    public VenueOrder? Read(OrderRow row)
    {
        lock (_gate)
        {
            if (row.CustomTag is { } tag && _entries.Find(entry => entry.Tag == tag) is { } entry) _byNumber[row.Id] = entry;
            if (LegOf(row) is not { } leg) return VenueRows.Of(row, _instruments);
            bool wasOver = leg.State.IsFinal();
            leg.See(row);
            if (!wasOver && leg.State.IsFinal()) leg.EndedAt = _time.GetTimestamp();
            leg.StraySince = leg is { IsFree: true, IsWorking: true } ? leg.StraySince ?? _time.GetTimestamp() : null;
            Tell();
            return leg.IsFree ? null : leg.InEnginesWords(row, _instruments);
        }
    }

    /// <summary>An execution is told to the synchroniser.</summary>
    public void See(TradeRow row)
    {
        lock (_gate)
        {
            if (row.IsVoided || !_legs.TryGetValue(row.OrderId, out Leg? leg)) return;
            leg.See(row);
            Tell();
        }
    }

    /// <summary>The entry whose legs an order of the other side would be; null where there is none.</summary>
    public BracketedEntry? EntryFor(int instrument, WireSide side, int strategy)
    {
        lock (_gate) return _entries.FindLast(entry => entry.Instrument == instrument && entry.Side != side && !entry.IsPast && (entry.Strategy ?? strategy) == strategy && IsOpen(entry));
    }

    /// <summary>From now on the leg is the engine's order with this client id.</summary>
    /// <returns>What the synchroniser is to be told of it.</returns>
    public VenueOrder Claim(Leg leg, string clientId)
    {
        lock (_gate)
        {
            leg.Claimant = clientId;
            leg.StraySince = null;
            Tell();
            return leg.InEnginesWords(_instruments);
        }
    }

    /// <summary>Another order takes the place of the entry's leg of this kind, if it shows up at all.</summary>
    public void Replace(BracketedEntry entry, LegKind kind, string clientId)
    {
        lock (_gate)
        {
            entry.Replace(kind, clientId);
            foreach (Leg leg in entry.Legs)
            {
                if (leg.Kind == kind && leg.IsFree) leg.Claimant = clientId;
            }
        }
    }

    /// <summary>The latest leg that nobody asked for yet, one that works or has just filled before others.</summary>
    public Leg? FreeOf(BracketedEntry entry, LegKind kind)
    {
        lock (_gate)
        {
            return entry.Legs.FindLast(leg => leg.Kind == kind && leg.IsFree && (leg.IsWorking || (leg.Row.FillVolume > 0 && !IsOld(leg))))
                ?? entry.Legs.FindLast(leg => leg.Kind == kind && leg.IsFree && !leg.State.IsFinal());
        }
    }

    /// <summary>The leg that has closed the position a moment ago.</summary>
    public Leg? FilledOf(BracketedEntry entry, LegKind kind)
    {
        lock (_gate) return entry.Legs.FindLast(leg => leg.Kind == kind && leg.IsFilled && !IsOld(leg));
    }

    public T Ask<T>(Func<T> question)
    {
        lock (_gate) return question();
    }

    /// <summary>Legs that have worked for so long without being asked for, and were not canceled a while ago.</summary>
    public IReadOnlyList<Leg> Strays(TimeSpan age, TimeSpan again)
    {
        lock (_gate)
        {
            List<Leg> strays = [.. _legs.Values.Where(leg => leg.StraySince is { } since && _time.GetElapsedTime(since) >= age && (leg.CanceledAt is not { } last || _time.GetElapsedTime(last) >= again))];
            foreach (Leg leg in strays) leg.CanceledAt = _time.GetTimestamp();
            return strays;
        }
    }

    /// <summary>Waits until something holds of the legs, at most so long.</summary>
    public async Task<bool> WaitAsync(Func<bool> condition, TimeSpan patience, CancellationToken cancel)
    {
        long begun = _time.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition()) return true;
                changed = _changed.Task;
            }
            TimeSpan left = patience - _time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero) return false;
            await Task.WhenAny(changed, Task.Delay(left, _time, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    [GeneratedRegex("^(.+)-(?:SL|TP)(?:-[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex LegTag();

    private static TaskCompletionSource New() => new(Turns.Later);

    /// <summary>Something of it may still be asked for, or has just ended.</summary>
    private static bool IsOpen(BracketedEntry entry) => entry.Legs.Count == 0 || entry.Legs.Exists(leg => leg.IsFree || !leg.State.IsFinal() || leg.Told < leg.Row.FillVolume);

    private bool IsOld(Leg leg) => leg.State.IsFinal() && _time.GetElapsedTime(leg.EndedAt) > (leg.IsFree ? FreeFor : NewsFor);

    private void Tell()
    {
        _changed.TrySetResult();
        _changed = New();
    }

    private BracketedEntry Add(BracketedEntry entry)
    {
        if (_entries.Count >= MostEntries && _entries.FindIndex(old => old.IsPast) is var past and >= 0) _entries.RemoveAt(past);
        _entries.Add(entry);
        return entry;
    }

    private Leg? LegOf(OrderRow row)
    {
        if (_legs.TryGetValue(row.Id, out Leg? known)) return known;
        if (KindOf(row) is not { } kind) return null;
        string? claimant = _carried.GetValueOrDefault(row.Id);
        if (claimant is not null && row.CustomTag == claimant) return null;
        BracketedEntry? entry = EntryOf(row);
        if (entry is null && (claimant is null || row.ParentOrderId is null)) return null;
        var leg = new Leg(row, kind) { Claimant = claimant ?? entry?.StandInOf(kind) };
        if (leg.State.IsFinal()) leg.EndedAt = _time.GetTimestamp();
        entry?.Legs.Add(leg);
        _legs.Add(row.Id, leg);
        return leg;
    }

    private static LegKind? KindOf(OrderRow row) => row.Type switch
    {
        WireOrderType.Stop or WireOrderType.TrailingStop => LegKind.Stop,
        WireOrderType.Limit => LegKind.Target,
        _ => null,
    };

    private BracketedEntry? EntryOf(OrderRow row)
    {
        if (row.ParentOrderId is { } parent && _byNumber.TryGetValue(parent, out BracketedEntry? entry)) return entry;
        string? tag = row.CustomTag is { } own && LegTag().Match(own) is { Success: true } match ? match.Groups[1].Value : null;
        tag ??= row.ParentOrderId is { } number ? _carried.GetValueOrDefault(number) : null;
        if (tag is null) return null;
        if (_entries.Find(each => each.Tag == tag) is { } known) return known;
        // Of an earlier session.
        int instrument = _instruments.IndexOf(row.ContractId);
        return _carriedTags.Contains(tag) && instrument >= 0 ? Add(new(tag, instrument, row.Side == WireSide.Buy ? WireSide.Sell : WireSide.Buy, null)) : null;
    }
}
