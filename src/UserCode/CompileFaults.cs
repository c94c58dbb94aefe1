using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.UserCode;

/// <summary>Turns what the compiler found into sentences that name the place and show the text.</summary>
internal static class CompileFaults
{
    private const int Most = 20;
    private const int LongestText = 100;

    private static readonly Lazy<string[]> KnownTypes = new(() => [.. typeof(Indicator).Assembly.GetExportedTypes().Where(type => !type.IsNested).Select(type => type.Name.Split('`')[0]).Distinct()]);

    /// <summary>One line for each, in the order of the text.</summary>
    public static string Describe(IReadOnlyCollection<Diagnostic> faults)
    {
        List<string> lines = [.. faults.DistinctBy(fault => (fault.Id, fault.Location)).OrderBy(fault => fault.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(fault => fault.Location.SourceSpan.Start).Take(Most).Select(Describe)];
        if (faults.Count > Most) lines.Add($"{faults.Count - Most} more faults follow; the first ones often cause the rest.");
        return string.Join('\n', lines);
    }

    private static string Describe(Diagnostic fault)
    {
        string words = fault.GetMessage(CultureInfo.InvariantCulture).TrimEnd('.');
        if (fault.Location.SourceTree is not { } tree) return $"{words} ({fault.Id}).";
        FileLinePositionSpan place = fault.Location.GetLineSpan();
        SourceText text = tree.GetText();
        string found = text.ToString(fault.Location.SourceSpan).Split('\n')[0].Trim();
        string line = text.Lines[place.StartLinePosition.Line].ToString().Trim();
        return $"{place.Path}:{place.StartLinePosition.Line + 1}:{place.StartLinePosition.Character + 1}: {Found(found, line)}: {Reword(fault, found) ?? words} ({fault.Id}).";
    }

    private static string Found(string found, string line)
    {
        if (line.Length > LongestText) line = string.Concat(line.AsSpan(0, LongestText), "…");
        return found.Length == 0 || found.Length > LongestText || line == found ? $"in \"{line}\"" : $"\"{found}\" in \"{line}\"";
    }

    /// <summary>A name that nothing has: an indicator or a member that was mistyped, most often.</summary>
    private static string? Reword(Diagnostic fault, string found)
    {
        if (fault.Id is not ("CS0246" or "CS0103")) return null;
        string name = found.Split('<', '(')[0];
        string near = NearestNames.Suggestion(name, fault.Id == "CS0246" ? KnownTypes.Value : [.. KnownTypes.Value, .. Members()]);
        return fault.Id == "CS0246"
            ? $"there is no indicator or other type {name}{near}; tradewind indicators list shows the indicators"
            : $"there is nothing named {name} here{near}";
    }

    private static IEnumerable<string> Members() => typeof(Strategy).GetMembers(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)
        .Where(member => member is System.Reflection.PropertyInfo or System.Reflection.MethodInfo { IsFamily: true, IsSpecialName: false }).Select(member => member.Name).Distinct();
}
