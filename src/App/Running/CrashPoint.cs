using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Tradewind.Core.Model;
using Tradewind.Live;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Running;

/// <summary>
/// A step at which the process ends itself at once, as <c>kill -9</c> does: <c>TRADEWIND_CRASH_AT=order-durable:3</c> means the third order that is on the disk
/// and not sent. It is in every build, so that what is tested is what is shipped; without the variable nobody listens to any step.
/// </summary>
internal sealed partial class CrashPoint
{
    public const string Variable = "TRADEWIND_CRASH_AT";

    private const string CheckpointWritten = "checkpoint-written";

    private readonly string _name;
    private long _left;

    private CrashPoint(string name, long count)
    {
        _name = name;
        _left = count;
    }

    /// <summary>All names, in the order of an input's way through a session.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<LiveStep>().Select(NameOf), .. Enum.GetValues<JournalStep>().Select(NameOf), CheckpointWritten];

    /// <summary>Null where the variable is not set.</summary>
    /// <exception cref="InputException">There is no such step.</exception>
    public static CrashPoint? From(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        string[] parts = text.Split(':', 2);
        long count = 1;
        if (!Names.Contains(parts[0]) || (parts.Length > 1 && (!long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count == 0)))
        {
            throw new InputException($"{Variable}: found \"{text}\", expected a step at which the program ends itself, as order-durable or order-durable:3; the steps are {string.Join(", ", Names)}. Only tests of recovery need it: unset it.");
        }
        return new(parts[0], count);
    }

    public void Reach(LiveStep step) => Reach(NameOf(step));

    public void Reach(JournalStep step) => Reach(NameOf(step));

    /// <summary>The bytes of a checkpoint are on the disk, and its name is not.</summary>
    public void ReachCheckpoint() => Reach(CheckpointWritten);

    private void Reach(string name)
    {
        if (name == _name && Interlocked.Decrement(ref _left) == 0) Process.GetCurrentProcess().Kill();
    }

    private static string NameOf(LiveStep step) => Kebab(step.ToString());

    private static string NameOf(JournalStep step) => "journal-" + Kebab(step.ToString());

    private static string Kebab(string name) => Capital().Replace(name, "-$0").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
