using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Strategies;

namespace Tradewind.App.Commands;

/// <summary>The strategies of the files in a folder, and what is wrong with those that cannot be used: one bad file hides no other.</summary>
internal sealed record StrategyDrawer(IReadOnlyList<ListedStrategy> Strategies, IReadOnlyList<string> Faults)
{
    /// <summary>Where a user's strategies usually are.</summary>
    public const string Usual = "strategies";

    /// <summary>A strategy that comes with the program.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message suggests near ones, and the file in the drawer that may be meant.</exception>
    public static StrategyDescription FindInLibrary(string name, Surroundings around)
    {
        try
        {
            return StrategyLibrary.BuiltIn.Find(name);
        }
        catch (ArgumentException fault) when (FilesOf(Usual, around).FirstOrDefault(file => Plain(Path.GetFileNameWithoutExtension(file)) == Plain(name)) is { } own)
        {
            throw new ArgumentException($"{fault.Message.TrimEnd('.')}; one of your own is named by its file: {own}.", fault);
        }
    }

    /// <param name="folder">Null for the usual one, which need not be there.</param>
    /// <exception cref="InputException">The folder that was named is not there.</exception>
    public static StrategyDrawer Open(string? folder, Surroundings around)
    {
        if (folder is not null && !Directory.Exists(around.PathOf(folder))) throw new InputException($"--folder {folder}: there is no such folder; name the one of your .cs files.");
        List<ListedStrategy> found = [];
        List<string> faults = [];
        CancellationToken cancel = around.WatchForStop();
        foreach (string file in FilesOf(folder ?? Usual, around)) Take(file);
        return new(found, faults);

        void Take(string file)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                foreach (ListedStrategy each in ListedStrategy.OfFile(file, around, cancel))
                {
                    if (found.Find(known => known.Description.Name == each.Description.Name) is { } other) faults.Add($"{file}: its \"{each.Description.Name}\" has the name of the one in {other.File}; one session cannot run both. Give one another name, as in [Strategy(\"my-{each.Description.Name}\", \"{each.Description.Family}\")].");
                    found.Add(each);
                }
            }
            catch (InputException fault)
            {
                faults.AddRange(fault.Message.Split('\n'));
            }
        }
    }

    /// <summary>As a user would name them; none where there is no such folder.</summary>
    private static IEnumerable<string> FilesOf(string folder, Surroundings around) => !Directory.Exists(around.PathOf(folder)) ? []
        : Directory.GetFiles(around.PathOf(folder), "*.cs").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).Select(file => Path.Combine(folder, file));

    /// <summary>MyCross, my-cross and mycross are one.</summary>
    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
