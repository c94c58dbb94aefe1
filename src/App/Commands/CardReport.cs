using System.Globalization;
using System.Text.Json;
using Tradewind.App.Terminal;
using Tradewind.Conformance;

namespace Tradewind.App.Commands;

/// <summary>A line for each card as soon as it was played, or JSON of all at the end.</summary>
internal sealed class CardReport(Surroundings around, string broker, bool asJson)
{
    private readonly List<CardResult> _results = [];
    private readonly long _started = around.Time.GetTimestamp();

    public bool HasFailures => _results.Exists(result => !result.Passed);

    public void Begin()
    {
        if (!asJson) around.Output.WriteLine("card  result  seconds  what holds");
    }

    public void Add(CardResult result)
    {
        _results.Add(result);
        if (asJson) return;
        string mark = result.Passed ? "passed" : "FAILED";
        if (around is { IsOutputTerminal: true, NoColor: false }) mark = result.Passed ? $"\u001b[32m{mark}\u001b[0m" : $"\u001b[31m{mark}\u001b[0m";
        around.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Card.Number,4}  {mark}  {result.Took.TotalSeconds,7:F2}  {result.Card.Name}"));
        if (result.Passed) return;
        foreach (string line in result.Fault!.Split('\n')) around.Output.WriteLine($"        {line}");
    }

    public void End()
    {
        TimeSpan took = around.Time.GetElapsedTime(_started);
        int failed = _results.Count(result => !result.Passed);
        if (asJson) Json.Write(around.Output, writer => Write(writer, took, failed));
        else around.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{broker}: {_results.Count - failed} {(_results.Count - failed == 1 ? "card" : "cards")} passed, {failed} failed, in {took.TotalSeconds:F1} s."));
    }

    private void Write(Utf8JsonWriter writer, TimeSpan took, int failed)
    {
        writer.WriteStartObject();
        writer.WriteString("broker", broker);
        writer.WriteNumber("passed", _results.Count - failed);
        writer.WriteNumber("failed", failed);
        writer.WriteFigure("seconds", Math.Round(took.TotalSeconds, 2));
        writer.WriteStartArray("cards");
        foreach (CardResult result in _results) Write(writer, result);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CardResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number", result.Card.Number);
        writer.WriteString("name", result.Card.Name);
        writer.WriteString("purpose", result.Card.Purpose);
        Write(writer, "steps", result.Card.Steps);
        Write(writer, "expected", result.Card.Expected);
        Write(writer, "measured", result.Measured);
        writer.WriteBoolean("passed", result.Passed);
        writer.WriteString("fault", result.Fault);
        writer.WriteFigure("seconds", Math.Round(result.Took.TotalSeconds, 3));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> lines)
    {
        writer.WriteStartArray(name);
        foreach (string line in lines) writer.WriteStringValue(line);
        writer.WriteEndArray();
    }
}
