using System.Collections;
using System.Globalization;
using System.Reflection;
using Tradewind.App.Running;

namespace Tradewind.Architecture.Tests;

/// <summary>docs/configuration.md names every key that there is, with its default, and none that there is not.</summary>
public sealed class ConfigurationDocumentTests
{
    [Fact]
    public void EveryKeyStandsThereWithItsDefault()
    {
        string[] rows = [.. File.ReadLines(Repository.PathOf("docs/configuration.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1]} {cells[2]}".Trim())];

        Assert.Equal(Keys("", new RunSettings()).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Keys(string prefix, object settings)
    {
        foreach (PropertyInfo property in settings.GetType().GetProperties().Where(property => property.CanWrite))
        {
            string key = prefix + property.Name;
            object? value = property.GetValue(settings);
            if (value is IReadOnlyList<StrategyChoice> strategies)
            {
                yield return $"`{key}` {string.Join(", ", strategies.Select(one => one.Name))}";
                foreach (string inner in Keys(key + ".", new StrategyChoice())) yield return inner;
            }
            else if (value is IReadOnlyList<RiskRuleChoice>)
            {
                yield return $"`{key}`";
                foreach (string inner in Keys(key + ".", new RiskRuleChoice())) yield return inner;
            }
            else if (value is null) yield return $"`{key}`";
            else if (value is IEnumerable<string> texts) yield return $"`{key}` {string.Join(", ", texts)}".Trim();
            else if (value is string or ValueType) yield return $"`{key}` {Text(value)}".Trim();
            else if (value is IEnumerable) yield return $"`{key}`";
            else foreach (string inner in Keys(key + ".", value)) yield return inner;
        }
    }

    private static string Text(object value) => value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
