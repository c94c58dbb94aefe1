using System.Globalization;
using Tradewind.App.Terminal;
using Tradewind.Chaos.Faults;
using Tradewind.Chaos.World;

namespace Tradewind.App.Commands;

/// <summary>Sums worlds up: per kind of fault how many had it, and the worst that was measured in them.</summary>
internal sealed class ChaosReport
{
    private readonly Row[] _rows = [.. Enum.GetValues<FaultKind>().Select(kind => new Row(kind))];
    private readonly Row _all = new(null);

    public TimeSpan Elapsed { get; set; }

    public void Add(SeedResult result)
    {
        _all.Add(result);
        foreach (Row row in _rows)
        {
            if (row.Kind is { } kind && result.Faults.Contains(kind)) row.Add(result);
        }
    }

    public void Write(Surroundings around, bool asJson)
    {
        if (asJson)
        {
            Json.Write(around.Output, writer =>
            {
                writer.WriteStartArray();
                foreach (Row row in _rows.Append(_all)) row.Write(writer);
                writer.WriteEndArray();
            });
            return;
        }
        around.Output.WriteLine("fault                      worlds    orders     fills  restarts  in doubt  unsynced");
        foreach (Row row in _rows.Append(_all)) around.Output.WriteLine(row.Line());
        around.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_all.Worlds:N0} worlds, no invariant broken; {_all.Events:N0} events in {Elapsed.TotalSeconds:F1} s, {_all.Events / Elapsed.TotalSeconds:N0} a second."));
    }

    private sealed class Row(FaultKind? kind)
    {
        private long _orders;
        private long _fills;
        private long _restarts;
        private TimeSpan _inDoubt;
        private TimeSpan _unsynced;

        public FaultKind? Kind => kind;

        public long Worlds { get; private set; }

        public long Events { get; private set; }

        private string Name => kind is { } one ? FaultNames.Of(one) : "all";

        public void Add(SeedResult result)
        {
            Worlds++;
            Events += result.Events;
            _orders += result.Measures.Orders;
            _fills += result.Measures.Fills;
            _restarts += result.Measures.Restarts;
            if (result.Measures.InDoubt > _inDoubt) _inDoubt = result.Measures.InDoubt;
            if (result.Measures.Unsynced > _unsynced) _unsynced = result.Measures.Unsynced;
        }

        public string Line() => string.Create(CultureInfo.InvariantCulture, $"{Name,-24} {Worlds,8:N0} {_orders,9:N0} {_fills,9:N0} {_restarts,9:N0} {_inDoubt.TotalSeconds,8:F1}s {_unsynced.TotalSeconds,8:F1}s");

        public void Write(System.Text.Json.Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString("fault", Name);
            writer.WriteNumber("worlds", Worlds);
            writer.WriteNumber("orders", _orders);
            writer.WriteNumber("fills", _fills);
            writer.WriteNumber("restarts", _restarts);
            writer.WriteNumber("longestInDoubtSeconds", _inDoubt.TotalSeconds);
            writer.WriteNumber("longestUnsyncedSeconds", _unsynced.TotalSeconds);
            writer.WriteEndObject();
        }
    }
}
