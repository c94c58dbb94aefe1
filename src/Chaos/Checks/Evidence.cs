using System.Globalization;
using System.Text;
using Tradewind.Chaos.World;

namespace Tradewind.Chaos.Checks;

/// <summary>Sums worlds up per fault of the catalogue and writes the table of docs/evidence.md. Not safe for several threads at once.</summary>
public sealed class Evidence
{
    private const string Begin = "<!-- worlds: written by tradewind chaos --evidence -->";
    private const string End = "<!-- end of worlds -->";
    private const int MostFailures = 20;

    private readonly Row[] _rows = [.. Catalogue.All.Select(entry => new Row(entry))];
    private readonly List<string> _failures = [];
    private readonly Measures _worst = new();
    private ulong _first = ulong.MaxValue;
    private long _worlds;
    private long _failed;
    private long _events;

    /// <summary>Worlds that were added.</summary>
    public long Worlds => _worlds;

    public void Add(SeedResult result)
    {
        _worlds++;
        _events += result.Events;
        _first = Math.Min(_first, result.Options.Seed);
        _worst.Take(result.Measures);
        foreach (Row row in _rows) row.Add(result);
        if (result.IsGood) return;
        _failed++;
        Violation broken = result.Violations[0];
        if (_failures.Count < MostFailures) _failures.Add($"- seed {result.Options.Seed}: {broken.Invariant}: {broken.Text}");
    }

    /// <summary>Puts the table in place of the last one and leaves the rest of the file as it is.</summary>
    /// <param name="before">What the file holds; null where there is none.</param>
    /// <param name="command">The command that ran.</param>
    /// <param name="commit">Of the program.</param>
    public string WriteInto(string? before, string command, string commit, DateOnly date, TimeSpan elapsed, int workers)
    {
        string section = $"{Begin}\n{Text(command, commit, date, elapsed, workers)}{End}\n";
        if (before is null) return $"# Evidence\n\n{section}";
        int begin = before.IndexOf(Begin, StringComparison.Ordinal), end = before.IndexOf(End, StringComparison.Ordinal);
        return begin < 0 || end < begin ? $"{before.TrimEnd()}\n\n{section}" : before[..begin] + section + before[(end + End.Length)..].TrimStart('\n');
    }

    private string Text(string command, string commit, DateOnly date, TimeSpan elapsed, int workers)
    {
        var text = new StringBuilder();
        double rate = _events / elapsed.TotalSeconds / workers;
        Line(text, $"## Faults F1 to F45\n");
        Line(text, $"`{command}`, {date:yyyy-MM-dd}, commit {commit}: {_worlds:N0} worlds from seed {_first} on, {_failed:N0} of them broke an invariant; {Figures()}.");
        Line(text, $"{_events:N0} events in {elapsed.TotalSeconds:F0} s with {workers} at a time, {rate:N0} a second and worker.\n");
        Line(text, $"A fault counts where it really struck, not where it was in the mix. Worst figures are in virtual time. Invariants I1 to I11, I13, I16 and I17 are looked at in every world.");
        Line(text, $"Worlds beside tests: the tests show the fault at sockets, processes or in one part. An empty cell: nothing to measure.\n");
        Line(text, $"| | Fault | Worlds in which it struck | Times | Broken | Worst | Tests |\n|---|---|---|---|---|---|---|");
        foreach (Row row in _rows) Line(text, $"{row}");
        if (_failures.Count == 0) return text.ToString();
        Line(text, $"\nBroken:\n");
        foreach (string failure in _failures) Line(text, $"{failure}");
        return text.ToString();
    }

    private string Figures() => string.Create(CultureInfo.InvariantCulture,
        $"{_worst.Orders:N0} orders, {_worst.Fills:N0} fills, {_worst.Restarts:N0} restarts; longest in doubt {_worst.InDoubt.TotalSeconds:F1} s, not synced {_worst.Unsynced.TotalSeconds:F1} s, without a stop {_worst.Unprotected.TotalSeconds:F1} s, execution to booking {_worst.FillUnknown.TotalSeconds:F1} s");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private sealed class Row(CatalogueEntry entry)
    {
        private long _worlds;
        private long _times;
        private long _broken;
        private TimeSpan _worst;

        public void Add(SeedResult result)
        {
            if (entry.Fault is not { } fault || result.Strikes.CountOf(fault) == 0) return;
            _worlds++;
            _times += result.Strikes.CountOf(fault);
            if (!result.IsGood) _broken++;
            if (result.Strikes.WorstOf(fault) > _worst) _worst = result.Strikes.WorstOf(fault);
        }

        public override string ToString()
        {
            string worlds = entry.Fault is null ? "not drawn | | " : string.Create(CultureInfo.InvariantCulture, $"{_worlds:N0} | {_times:N0} | {_broken:N0}");
            string worst = entry.Measured is { } what ? string.Create(CultureInfo.InvariantCulture, $"{_worst.TotalSeconds:F2} s {what}") : "";
            string tests = string.Join("; ", entry.Tests.Select(test => $"`{test}`"));
            return $"| {entry.Code} | {entry.Name} | {worlds} | {worst} | {tests}{(entry.Open is { } open ? $"{(tests.Length > 0 ? "; " : "")}**open**: {open}" : "")} |";
        }
    }
}
