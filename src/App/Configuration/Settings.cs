using Tradewind.App.Running;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;

namespace Tradewind.App.Configuration;

/// <summary>The configuration of the program: a file, overridden by the environment, read into options records and checked whole.</summary>
internal sealed class Settings
{
    /// <summary>Read where it lies in the working directory and no other file is named.</summary>
    public const string DefaultFile = "tradewind.json";

    private const string SchemaKey = "$schema";

    private readonly List<string> _faults = [];
    private readonly ConfigurationNode _root;

    private Settings(string? file, ConfigurationNode root)
    {
        File = file;
        _root = root;
    }

    /// <summary>The file that was read; null where there was none.</summary>
    public string? File { get; }

    /// <param name="file">Null means <see cref="DefaultFile"/>, which may be missing.</param>
    /// <exception cref="InputException">The file cannot be read or is no JSON.</exception>
    public static Settings Load(string? file, Surroundings around)
    {
        string? path = file is not null ? around.PathOf(file) : System.IO.File.Exists(around.PathOf(DefaultFile)) ? around.PathOf(DefaultFile) : null;
        ConfigurationNode root = path is null ? new("", "the defaults", NodeKind.Object) : JsonConfiguration.Read(path);
        root.Members.Remove(SchemaKey);
        EnvironmentConfiguration.Lay(around.Variables, root);
        return new Settings(path, root);
    }

    /// <summary>The settings of a session from file and environment, checked whole.</summary>
    /// <inheritdoc cref="Load" path="/param"/>
    /// <exception cref="InputException">Everything that is wrong, a line each.</exception>
    public static RunSettings ReadChecked(string? file, Surroundings around)
    {
        Settings settings = Load(file, around);
        RunSettings read = settings.Read<RunSettings>();
        settings.Add(read.Faults());
        settings.Check(typeof(RunSettings));
        return read;
    }

    /// <summary>The top-level settings of one record; <see cref="Check"/> says what was wrong.</summary>
    public T Read<T>() => (T)new ConfigurationBinder(_faults).Bind(typeof(T), _root);

    /// <summary>Takes in what a record finds wrong with its values: sentences that begin with the setting's name and a colon.</summary>
    public void Add(IEnumerable<string> sentences)
    {
        foreach (string sentence in sentences) _faults.Add($"{_root.Nearest(sentence.Split(':')[0]).Where}: {sentence}");
    }

    /// <summary>After all records are read.</summary>
    /// <param name="known">The records whose properties may stand at the top.</param>
    /// <exception cref="InputException">Everything that is wrong, a line each, with file and line or variable.</exception>
    public void Check(params ReadOnlySpan<Type> known)
    {
        new ConfigurationBinder(_faults).RefuseUnknown(_root, known);
        if (_faults.Count > 0) throw new InputException(string.Join('\n', _faults));
    }
}
