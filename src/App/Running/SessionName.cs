using System.Globalization;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Running;

/// <summary>Sessions are named by the second of their start; several of one second are told apart by a number.</summary>
internal static class SessionName
{
    private const int SecondLength = 15;

    /// <summary>The earlier one first.</summary>
    public static readonly IComparer<string?> Order = Comparer<string?>.Create(Compare);

    public static string Next(DateTimeOffset started, JournalDirectory journals)
    {
        string second = started.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture), name = second;
        for (int next = 2; File.Exists(journals.PathOf(name)); next++) name = string.Create(CultureInfo.InvariantCulture, $"{second}-{next}");
        return name;
    }

    private static int Compare(string? one, string? other)
    {
        one ??= "";
        other ??= "";
        int bySecond = string.CompareOrdinal(Second(one), Second(other));
        if (bySecond != 0) return bySecond;
        return one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(one, other);
    }

    private static string Second(string name) => name.Length <= SecondLength ? name : name[..SecondLength];
}
