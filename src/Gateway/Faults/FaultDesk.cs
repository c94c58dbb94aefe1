using Tradewind.Simulation.Market;

namespace Tradewind.Gateway.Faults;

/// <summary>What is switched on, and how often it happened.</summary>
public sealed record FaultState(int Id, string Fault, double Probability, int? Left, int Struck);

/// <summary>Which faults are switched on, and the chance that decides whether one happens: each has a source of its own, named by the gateway's seed and its number.</summary>
internal sealed class FaultDesk(GatewayOptions options)
{
    private const ulong Purpose = 0x6661756C74;

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int _ids;
    private volatile bool _isEmpty = true;

    /// <summary>Nothing is switched on: the usual case, which costs nothing.</summary>
    public bool IsEmpty => _isEmpty;

    public int Add(Injection injection)
    {
        lock (_gate)
        {
            var entry = new Entry(++_ids, injection, SeededRandom.Of(options.Seed, Purpose, _ids));
            _entries.Add(entry);
            _isEmpty = false;
            return entry.Id;
        }
    }

    /// <summary>Switches one off, or all of them when no number is given; false when there was none.</summary>
    public bool Remove(int? id = null)
    {
        lock (_gate)
        {
            bool hadAny = _entries.RemoveAll(entry => id is null || entry.Id == id) > 0;
            _isEmpty = _entries.Count == 0;
            return hadAny;
        }
    }

    public IReadOnlyList<FaultState> Read()
    {
        lock (_gate) return [.. _entries.Select(entry => new FaultState(entry.Id, entry.Injection.Kind.NameOf(), entry.Injection.Probability, entry.Injection.Count - entry.Struck, entry.Struck))];
    }

    /// <summary>Whether a fault happens to this request, event or order now; null when not.</summary>
    public Injection? Strike(FaultKind kind, string? path = null, int? account = null, string? symbol = null)
    {
        if (_isEmpty) return null;
        lock (_gate)
        {
            foreach (Entry entry in _entries)
            {
                if (entry.Injection.Kind == kind && entry.IsFor(path, account, symbol) && entry.Happens()) return entry.Injection;
            }
            return null;
        }
    }

    /// <summary>Faults that happen by themselves, in this second.</summary>
    public IReadOnlyList<Injection> StrikeTimed() => StrikeTimed(static _ => true);

    /// <summary>The same for one that was just switched on.</summary>
    public IReadOnlyList<Injection> StrikeNew(int id) => StrikeTimed(entry => entry.Id == id);

    private IReadOnlyList<Injection> StrikeTimed(Func<Entry, bool> isMeant)
    {
        if (_isEmpty) return [];
        lock (_gate) return [.. _entries.Where(entry => isMeant(entry) && entry.Injection.Kind.IsTimed() && entry.Happens()).Select(entry => entry.Injection)];
    }

    private sealed class Entry(int id, Injection injection, SeededRandom chance)
    {
        private SeededRandom _chance = chance;

        public int Id => id;

        public Injection Injection => injection;

        public int Struck { get; private set; }

        /// <summary>What an injection does not name may be anything, and what a subject does not have is not looked at.</summary>
        public bool IsFor(string? path, int? account, string? symbol) =>
            (injection.Path is null || path?.Contains(injection.Path, StringComparison.OrdinalIgnoreCase) != false)
            && (injection.Account is null || account is null || account == injection.Account)
            && (injection.Symbol is null || symbol is null || symbol.Equals(injection.Symbol, StringComparison.OrdinalIgnoreCase));

        public bool Happens()
        {
            if (Struck >= injection.Count || _chance.NextDouble() >= injection.Probability) return false;
            Struck++;
            return true;
        }
    }
}
