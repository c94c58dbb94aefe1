using System.Globalization;

namespace Tradewind.Storage.Sqlite;

/// <summary>Hashes as 16 hexadecimal digits: SQLite's integers are signed.</summary>
internal static class HashText
{
    public static string Of(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    public static ulong Parse(string text) => ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
