using System.Collections;

namespace Tradewind.App.Terminal;

/// <summary>The environment of the process, read when it is first asked for.</summary>
internal static class EnvironmentVariables
{
    public static IReadOnlyDictionary<string, string> OfProcess => Lazily.Value;

    private static readonly Lazy<Dictionary<string, string>> Lazily = new(() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal));
}
