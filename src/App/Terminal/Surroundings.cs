namespace Tradewind.App.Terminal;

/// <summary>What the program can reach outside itself: its streams, the environment, the working directory, the clock and Ctrl-C.</summary>
public sealed class Surroundings
{
    /// <summary>How long work on files may take to end itself after Ctrl-C.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Func<string, string?> _variable;
    private StopSignal? _signal;

    /// <param name="variable">Reads an environment variable.</param>
    public Surroundings(TextWriter output, TextWriter error, Func<string, string?> variable, string directory)
    {
        Output = output;
        Error = error;
        _variable = variable;
        Directory = directory;
        NoColor = !string.IsNullOrEmpty(variable("NO_COLOR"));
    }

    /// <summary>Results, and nothing else.</summary>
    public TextWriter Output { get; }

    /// <summary>Everything that is no result: progress, notes, errors.</summary>
    public TextWriter Error { get; }

    /// <summary>Where relative paths begin.</summary>
    public string Directory { get; }

    public bool IsOutputTerminal { get; init; }

    /// <summary>Columns of the terminal that the output goes to.</summary>
    public int OutputWidth { get; init; } = 80;

    public bool IsErrorTerminal { get; init; }

    public bool NoColor { get; set; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>All environment variables, for those that override the configuration.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Stops what runs, instead of Ctrl-C.</summary>
    public CancellationToken StopToken { get; init; }

    /// <summary>True once Ctrl-C was pressed.</summary>
    public bool IsStopped => StopToken.IsCancellationRequested || _signal is { Token.IsCancellationRequested: true };

    public static Surroundings OfProcess() => new(Console.Out, Console.Error, Environment.GetEnvironmentVariable, Environment.CurrentDirectory)
    {
        IsOutputTerminal = !Console.IsOutputRedirected,
        OutputWidth = !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? width : 80,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Variables = EnvironmentVariables.OfProcess,
    };

    public string? Variable(string name) => _variable(name);

    /// <summary>The path as typed where that leads to the same file, so that sentences name what the user wrote.</summary>
    public string PathOf(string path) => Directory == Environment.CurrentDirectory ? path : Path.Combine(Directory, path);

    /// <inheritdoc cref="WatchForStop(TimeSpan?)" path="/summary"/>
    public CancellationToken WatchForStop() => WatchForStop(Patience);

    /// <summary>A token that Ctrl-C (or a request of the system to end) cancels. The second Ctrl-C ends the process.</summary>
    /// <param name="patience">The process ends by itself this long after the first; null waits for ever.</param>
    public CancellationToken WatchForStop(TimeSpan? patience)
    {
        if (StopToken.CanBeCanceled) return StopToken;
        _signal ??= new StopSignal(patience, SayError);
        return _signal.Token;
    }

    /// <summary>A line for people.</summary>
    public void Say(string line) => Error.WriteLine(line);

    public void SayError(string sentence) => Error.WriteLine(IsErrorTerminal && !NoColor ? $"\u001b[31merror:\u001b[0m {sentence}" : $"error: {sentence}");

    public void SayNote(string sentence) => Error.WriteLine(IsErrorTerminal && !NoColor ? $"\u001b[33mnote:\u001b[0m {sentence}" : $"note: {sentence}");

    public void SayNotes(IEnumerable<string> sentences)
    {
        foreach (string sentence in sentences) SayNote(sentence);
    }
}
