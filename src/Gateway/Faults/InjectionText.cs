using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tradewind.Gateway.Faults;

/// <summary>An injection as it is written in a schedule and at the control endpoint. Times in seconds.</summary>
internal sealed record InjectionText(
    string Fault, double? Probability = null, int? Count = null, double? Delay = null, double? Lasts = null, string? Path = null, string? Hub = null, double? At = null, double? Until = null)
{
    private const double MostSeconds = 1e7;

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
        if (!FaultKinds.TryFind(Fault, out _)) return [$"The fault \"{Fault}\" is not known; expected one of {string.Join(", ", FaultKinds.Names)}."];
        if (new[] { Delay, Lasts, At, Until }.Any(seconds => seconds is { } value && !(value is >= 0 and < MostSeconds))) return [$"A time of {Fault} is not a number of seconds from 0 to {MostSeconds:0}."];
        if (Until <= (At ?? 0)) return [$"The fault {Fault} ends at {Until} s, which is not after its begin."];
        return [.. ToInjection().Faults()];
    }

    /// <summary>What happens by itself happens once unless a count or a probability says otherwise.</summary>
    public Injection ToInjection()
    {
        FaultKinds.TryFind(Fault, out FaultKind kind);
        return new(kind)
        {
            Probability = Probability ?? 1,
            Count = Count ?? (kind.IsTimed() && Probability is null ? 1 : null),
            Delay = Delay is { } delay ? TimeSpan.FromSeconds(delay) : null,
            Lasts = Lasts is { } lasts ? TimeSpan.FromSeconds(lasts) : new Injection(kind).Lasts,
            Path = Path,
            Hub = Hub,
        };
    }
}

/// <summary>Reads a schedule of faults: a JSON object a line, empty lines and lines that begin with # left out.</summary>
public static class FaultSchedule
{
    /// <param name="name">The file's name, for the message.</param>
    /// <exception cref="GatewayException">A line is wrong; the message has its number.</exception>
    public static IReadOnlyList<ScheduledInjection> Read(TextReader text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var schedule = new List<ScheduledInjection>();
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line) && !line.TrimStart().StartsWith('#')) schedule.Add(Line(line, $"{name}, line {number}"));
        }
        return schedule;
    }

    private static ScheduledInjection Line(string line, string place)
    {
        InjectionText? read;
        try
        {
            read = JsonSerializer.Deserialize<InjectionText>(line, InjectionText.Json);
        }
        catch (JsonException refused)
        {
            throw new GatewayException($"{place}: expected an object as {{\"at\":10,\"fault\":\"hub-drop\"}} ({refused.Message})", refused);
        }
        if (read is null) throw new GatewayException($"{place}: expected an object as {{\"at\":10,\"fault\":\"hub-drop\"}}, found null.");
        if (read.Faults() is { Count: > 0 } faults) throw new GatewayException($"{place}: {string.Join(' ', faults)}");
        return new(TimeSpan.FromSeconds(read.At ?? 0), read.ToInjection(), read.Until is { } until ? TimeSpan.FromSeconds(until) : null);
    }
}
