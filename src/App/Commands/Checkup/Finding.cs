using System.Text.Json;

namespace Tradewind.App.Commands.Checkup;

/// <summary>What a check found.</summary>
/// <param name="Check">Its name: "clock".</param>
/// <param name="Words">A sentence.</param>
/// <param name="Cure">What to do; null where all is well.</param>
internal sealed record Finding(string Check, string Words, string? Cure = null)
{
    public bool IsWell => Cure is null;

    public static void Write(Utf8JsonWriter writer, IEnumerable<Finding> findings)
    {
        writer.WriteStartArray();
        foreach (Finding finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("check", finding.Check);
            writer.WriteBoolean("isWell", finding.IsWell);
            writer.WriteString("finding", finding.Words);
            writer.WriteString("cure", finding.Cure);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

/// <summary>What is to be checked.</summary>
internal sealed record CheckupTerms
{
    /// <summary>Null means the default file, which may be missing.</summary>
    public string? ConfigurationFile { get; init; }

    public required string DataFolder { get; init; }

    public required int Port { get; init; }

    /// <summary>Null asks no gateway.</summary>
    public Uri? Gateway { get; init; }
}
