using System.Text.Json;
using System.Text.Json.Serialization;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Faults;

/// <summary>An injection, or in a schedule a quirk, as it is written there and at the control endpoint. Times in seconds.</summary>
internal sealed record InjectionText(
    string? Fault = null, double? Probability = null, int? Count = null, double? Delay = null, double? Lasts = null, string? Path = null, string? Hub = null, double? At = null, double? Until = null, string? Quirk = null,
    int? Account = null, string? Symbol = null)
{
    private const double MostSeconds = 10_000_000;
    private const double MostLength = 86_400;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>All that is wrong; with none, the injection can be made.</summary>
    public IReadOnlyList<string> Faults()
    {
        if (Fault is null == Quirk is null) return ["Expected one of \"fault\" and \"quirk\"."];
        if (Quirk is not null) return QuirkFaults(Quirk);
        if (!FaultTable.TryFind(Fault!, out _)) return [$"The fault \"{Fault}\" is not known; expected one of {string.Join(", ", FaultTable.Names)}."];
        return TimeFault(Fault!) is { } fault ? [fault] : [.. ToInjection().Faults()];
    }

    private string[] QuirkFaults(string quirk)
    {
        if (!QuirkTable.TryFind(quirk, out _)) return [$"The quirk \"{quirk}\" is not known; expected one of {string.Join(", ", QuirkTable.Names)}."];
        if ((Probability ?? Count ?? Delay ?? Lasts) is not null || (Path ?? Hub ?? Symbol) is not null || Account is not null) return [$"The quirk {quirk} is on or off; expected no other members than \"at\" and \"until\"."];
        return TimeFault(quirk) is { } fault ? [fault] : [];
    }

    private string? TimeFault(string name)
    {
        foreach ((string member, double? given) in (ReadOnlySpan<(string, double?)>)[("delay", Delay), ("lasts", Lasts)])
        {
            if (given is { } seconds && !(seconds is > 0 and <= MostLength)) return Text($"The \"{member}\" of {name} is {seconds}; expected seconds above 0 and at most {MostLength}, a day.");
        }
        foreach ((string member, double? given) in (ReadOnlySpan<(string, double?)>)[("at", At), ("until", Until)])
        {
            if (given is { } seconds && !(seconds is >= 0 and <= MostSeconds)) return Text($"The \"{member}\" of {name} is {seconds}; expected seconds from 0 to {MostSeconds}.");
        }
        return Until <= (At ?? 0) ? Text($"{name} ends at {Until} s, which is not after its begin at {At ?? 0} s.") : null;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    public ScheduledChange ToScheduled() => new(TimeSpan.FromSeconds(At ?? 0), Until is { } until ? TimeSpan.FromSeconds(until) : null)
    {
        Injection = Fault is null ? null : ToInjection(),
        Quirk = QuirkTable.TryFind(Quirk ?? "", out Quirk quirk) ? quirk : null,
    };

    /// <summary>What happens by itself happens once unless a count or a probability says otherwise.</summary>
    public Injection ToInjection()
    {
        FaultTable.TryFind(Fault!, out FaultKind kind);
        return new(kind)
        {
            Probability = Probability ?? 1,
            Count = Count ?? (kind.IsTimed() && Probability is null ? 1 : null),
            Delay = Delay is { } delay ? TimeSpan.FromSeconds(delay) : null,
            Lasts = Lasts is { } lasts ? TimeSpan.FromSeconds(lasts) : new Injection(kind).Lasts,
            Path = Path,
            Hub = Hub,
            Account = Account,
            Symbol = Symbol,
        };
    }

    /// <summary>What is wrong with a text, because the serialiser's own words name a type of this program.</summary>
    public static string Sentence(string text, JsonException refused, string example)
    {
        try
        {
            using JsonDocument read = JsonDocument.Parse(text);
            string member = (refused.Path ?? "$").Split('.')[^1];
            bool isObject = read.RootElement.ValueKind == JsonValueKind.Object;
            return isObject ? $"\"{member}\" is no member of a fault, or has a value of another kind; expected an object as {example}." : $"found {text.Trim()}, expected an object as {example}.";
        }
        catch (JsonException broken)
        {
            return $"this is no JSON ({broken.Message.Split(" LineNumber")[0].TrimEnd('.')}); expected an object as {example}.";
        }
    }
}

/// <summary>Reads a schedule of faults and quirks: a JSON object a line, empty lines and lines that begin with # left out.</summary>
public static class FaultSchedule
{
    private const string Example = "{\"at\":10,\"fault\":\"hub-drop\",\"delay\":0.5}";

    /// <param name="name">The file's name, for the message.</param>
    /// <exception cref="GatewayException">A line is wrong; the message has its number.</exception>
    public static IReadOnlyList<ScheduledChange> Read(TextReader text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var schedule = new List<ScheduledChange>();
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line) && !line.TrimStart().StartsWith('#')) schedule.Add(Line(line, $"{name}, line {number}"));
        }
        return schedule;
    }

    private static ScheduledChange Line(string line, string place)
    {
        InjectionText? read;
        try
        {
            read = JsonSerializer.Deserialize<InjectionText>(line, InjectionText.Json);
        }
        catch (JsonException refused)
        {
            throw new GatewayException($"{place}: {InjectionText.Sentence(line, refused, Example)}", refused);
        }
        if (read is null) throw new GatewayException($"{place}: found null, expected an object as {Example}.");
        if (read.Faults() is { Count: > 0 } faults) throw new GatewayException($"{place}: {string.Join(' ', faults)}");
        return read.ToScheduled();
    }
}
