using System.Reflection;

namespace Tradewind.Storage.Sqlite;

/// <summary>One step from a version of the database's tables to the next. A step that was released is never changed.</summary>
/// <param name="Version">The version that it leads to, counted from 1.</param>
internal sealed record Migration(int Version, string Sql)
{
    /// <summary>All steps in order, from the files <c>Migrations/NNNN-name.sql</c>.</summary>
    public static readonly IReadOnlyList<Migration> All = Load(typeof(Migration).Assembly);

    private static Migration[] Load(Assembly assembly)
    {
        const string Folder = ".Sqlite.Migrations.";
        return [.. from name in assembly.GetManifestResourceNames()
                   let start = name.IndexOf(Folder, StringComparison.Ordinal)
                   where start >= 0
                   let version = int.Parse(name.AsSpan(start + Folder.Length, 4), System.Globalization.CultureInfo.InvariantCulture)
                   orderby version
                   select new Migration(version, Read(assembly, name))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
