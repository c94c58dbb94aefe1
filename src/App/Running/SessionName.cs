using System.Globalization;
using System.Security.Cryptography;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Running;

/// <summary>
/// Sessions are named by the second of their start and by letters drawn at random: those of two machines that begin in the same second have different names, and with them
/// different client ids. Several of one second and folder are told apart, and brought in their order, by a number.
/// </summary>
internal static class SessionName
{
    private const int SecondLength = 15;

    /// <summary>24 letters that are not taken for each other or for a number: two sessions of one second have the same eight in one case of 10^11.</summary>
    private const string Letters = "abcdefghijkmnpqrstuvwxyz";
    private const int LetterCount = 8;

    /// <summary>The earlier one first.</summary>
    public static readonly IComparer<string?> Order = Comparer<string?>.Create(Compare);

    public static string Next(DateTimeOffset started, JournalDirectory journals)
    {
        string second = started.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture), letters = RandomNumberGenerator.GetString(Letters, LetterCount);
        int number = 1 + journals.NamesFrom(second).Select(NumberOf).DefaultIfEmpty().Max();
        return number == 1 ? $"{second}-{letters}" : string.Create(CultureInfo.InvariantCulture, $"{second}-{number}-{letters}");
    }

    private static int Compare(string? one, string? other)
    {
        one ??= "";
        other ??= "";
        int bySecond = string.CompareOrdinal(Second(one), Second(other));
        if (bySecond != 0) return bySecond;
        int byNumber = NumberOf(one).CompareTo(NumberOf(other));
        return byNumber != 0 ? byNumber : string.CompareOrdinal(one, other);
    }

    /// <summary>Which of its second it is. Names of earlier versions have no letters.</summary>
    private static int NumberOf(string name)
    {
        string rest = name.Length <= SecondLength ? "" : name[(SecondLength + 1)..];
        int end = rest.IndexOf('-', StringComparison.Ordinal);
        return int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1;
    }

    private static string Second(string name) => name.Length <= SecondLength ? name : name[..SecondLength];
}
