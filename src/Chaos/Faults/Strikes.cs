using Tradewind.Core.Model;

namespace Tradewind.Chaos.Faults;

/// <summary>Counts what really went wrong in a world, and how long each lasted for the program: a kind that is in the mix and never struck is not counted.</summary>
public sealed class Strikes
{
    private const int Size = 96;

    /// <summary>What belongs to every day's trading: fills in parts, both legs of a bracket, a refused wish, strategies that trade with each other.</summary>
    private static readonly Fault[] Calm = [Fault.F19, Fault.F31, Fault.F32, Fault.F34, Fault.F59];

    private readonly long[] _counts = new long[Size];
    private readonly long[] _worst = new long[Size];
    private readonly Timestamp[] _last = new Timestamp[Size];
    private readonly Dictionary<string, List<Fault>> _orders = [];
    private readonly Dictionary<long, List<Fault>> _executions = [];

    public long CountOf(Fault fault) => _counts[(int)fault];

    /// <summary>The worst that was measured of it; zero where nothing was.</summary>
    public TimeSpan WorstOf(Fault fault) => new(_worst[(int)fault]);

    /// <summary>When anything struck last after which the program may know less than the venue.</summary>
    public Timestamp Disturbed { get; private set; }

    /// <summary>Something went wrong that is no strike of its own: a question that nobody answered.</summary>
    public void Disturb(Timestamp now) => Disturbed = now;

    public void Hit(Fault fault, Timestamp now)
    {
        if (Array.IndexOf(Calm, fault) < 0) Disturbed = now;
        _counts[(int)fault]++;
        _last[(int)fault] = now;
    }

    /// <summary>It struck the order of this client id: how long that is in doubt counts for it.</summary>
    public void HitOrder(Fault fault, Timestamp now, string clientId)
    {
        Hit(fault, now);
        Note(_orders, clientId, fault);
    }

    /// <summary>It struck the execution: how long until that is booked counts for it.</summary>
    public void HitExecution(Fault fault, Timestamp now, long execution)
    {
        Hit(fault, now);
        Note(_executions, execution, fault);
    }

    public void Measure(Fault fault, TimeSpan length) => _worst[(int)fault] = Math.Max(_worst[(int)fault], length.Ticks);

    /// <summary>Measures from the last time that it struck; nothing where it has not.</summary>
    public void MeasureSince(Fault fault, Timestamp now)
    {
        if (CountOf(fault) > 0) Measure(fault, now - _last[(int)fault]);
    }

    public void OnDoubtEnded(string clientId, TimeSpan length)
    {
        foreach (Fault fault in _orders.GetValueOrDefault(clientId) ?? []) Measure(fault, length);
    }

    public void OnBooked(long execution, TimeSpan late)
    {
        if (!_executions.Remove(execution, out List<Fault>? faults)) return;
        foreach (Fault fault in faults) Measure(fault, late);
    }

    /// <summary>Whether it struck at or after this instant.</summary>
    public bool StruckSince(Fault fault, Timestamp since) => CountOf(fault) > 0 && _last[(int)fault] >= since;

    private static void Note<TKey>(Dictionary<TKey, List<Fault>> notes, TKey key, Fault fault) where TKey : notnull
    {
        if (!notes.TryGetValue(key, out List<Fault>? faults)) notes.Add(key, faults = []);
        if (!faults.Contains(fault)) faults.Add(fault);
    }
}
