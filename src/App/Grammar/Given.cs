using System.CommandLine;
using System.Globalization;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;

namespace Tradewind.App.Grammar;

/// <summary>Reads the words of a command line into values and collects what is wrong with them.</summary>
internal sealed class Given(ParseResult parsed)
{
    private readonly List<string> _faults = [];

    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    public bool Flag(Option<bool> option) => parsed.GetValue(option);

    public string? Text(Option<string> option) => parsed.GetValue(option);

    public string[] Texts(Option<string[]> option) => parsed.GetValue(option) ?? [];

    /// <summary>The value, or a fault and empty text where it is missing.</summary>
    public string Required(Option<string> option)
    {
        string? text = parsed.GetValue(option);
        if (string.IsNullOrWhiteSpace(text)) Refuse($"{option.Name} is missing; add {option.Name} {option.HelpName}.");
        return text ?? "";
    }

    /// <inheritdoc cref="Required(Option{string})"/>
    public string Required(Argument<string> argument)
    {
        string? text = parsed.GetValue(argument);
        if (string.IsNullOrWhiteSpace(text)) Refuse($"{argument.Name} is missing: {argument.Description}");
        return text ?? "";
    }

    /// <summary>The path of a file to write, as typed; a fault where it is missing, or exists and must not be replaced.</summary>
    public string Target(Option<string> option, Option<bool> force, Surroundings around)
    {
        string path = Required(option);
        if (path.Length > 0 && !Flag(force) && File.Exists(around.PathOf(path))) Refuse($"{option.Name}: {path} exists already; add {force.Name} to replace it, or choose another name.");
        return path;
    }

    /// <summary>The path of a result, which replaces an older one; null where none is wanted, a fault where it is a file that the data come from.</summary>
    public string? Result(Option<string> option, Surroundings around, params IEnumerable<string> dataFiles)
    {
        if (Text(option) is not { } path) return null;
        if (path.Length > 0 && dataFiles.Any(data => data.Length > 0 && Path.GetFullPath(around.PathOf(path)) == Path.GetFullPath(around.PathOf(data)))) Refuse($"{option.Name}: {path} is the file that the data come from; choose another name for the result.");
        return path;
    }

    /// <summary>Names with commas between them; a fault where one is empty or given twice.</summary>
    public string[]? Names(Option<string> option)
    {
        if (Text(option) is not { } text) return null;
        string[] names = text.Split(',', StringSplitOptions.TrimEntries);
        int empty = Array.IndexOf(names, "");
        if (empty >= 0) Refuse($"{option.Name}: found \"{text}\", whose name {empty + 1} of {names.Length} is empty; expected names with single commas between them, like {option.HelpName}.");
        else if (Repeated.In(names) is { } twice) Refuse($"{option.Name}: found \"{text}\", which has {twice} twice; expected each name once.");
        return names;
    }

    public decimal? Amount(Option<string> option, decimal minimum, decimal maximum, bool isMinimumAllowed = true)
    {
        if (Text(option) is not { } text) return null;
        bool isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value);
        if (isNumber && value <= maximum && (isMinimumAllowed ? value >= minimum : value > minimum)) return value;
        string range = isMinimumAllowed ? $"from {minimum} to {maximum}" : $"above {minimum}, at most {maximum}";
        Refuse(string.Create(CultureInfo.InvariantCulture, $"{option.Name}: found \"{text}\", expected a number {range}."));
        return null;
    }

    public int? Whole(Option<string> option, int minimum, int maximum)
    {
        if (Text(option) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum) return value;
        Refuse($"{option.Name}: found \"{text}\", expected a whole number from {minimum} to {maximum}.");
        return null;
    }

    public ulong? Seed(Option<string> option)
    {
        if (Text(option) is not { } text) return null;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)) return seed;
        Refuse($"{option.Name}: found \"{text}\", expected a whole number from 0 to {ulong.MaxValue}.");
        return null;
    }

    /// <summary>A time as ISO 8601 with an offset, or a date, which is midnight UTC.</summary>
    public Timestamp? Time(Option<string> option)
    {
        if (Text(option) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)) return InRange(option, text, new DateTimeOffset(date, default, TimeSpan.Zero));
        bool hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        if (hasOffset && text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)) return InRange(option, text, time);
        Refuse($"{option.Name}: found \"{text}\", expected a date (2013-10-07) or a time with an offset (2013-10-07T14:30:00Z).");
        return null;
    }

    public Timeframe? Timeframe(Option<string> option)
    {
        if (Text(option) is not { } text) return null;
        if (Core.Model.Timeframe.TryParse(text, out Timeframe value)) return value;
        Refuse($"{option.Name}: found \"{text}\", expected a length of bars like 1s, 5m, 1h, 1d, 100t (trades), 1000v (volume) or 8r (range in ticks), at least 1 of them.");
        return null;
    }

    /// <summary>An http or https address.</summary>
    public Uri? Address(Option<string> option)
    {
        if (Text(option) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https") return address;
        Refuse($"{option.Name}: found \"{text}\", expected an address like https://api.topstepx.com or http://127.0.0.1:5055.");
        return null;
    }

    /// <summary>One of a list of names; null, with a fault where it is another one.</summary>
    public string? Choice(Option<string> option, IEnumerable<string> names)
    {
        if (Text(option) is not { } text) return null;
        string? name = names.FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name is null) Refuse($"{option.Name}: found \"{text}\", expected one of {string.Join(", ", names)}.");
        return name;
    }

    /// <summary>NAME=VALUE, once or more.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(Option<string[]> option)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (string text in Texts(option))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) pairs.Add(new(text[..equals].Trim(), text[(equals + 1)..].Trim()));
            else Refuse($"{option.Name}: found \"{text}\", expected {option.HelpName}, for example Fast=10.");
        }
        return pairs;
    }

    public void Refuse(string sentence) => _faults.Add(sentence);

    /// <summary>Runs a step whose refusal is one more fault; default where it refuses.</summary>
    public T? Try<T>(Func<T> step) where T : class
    {
        try
        {
            return step();
        }
        catch (Exception fault) when (fault is ArgumentException or InputException)
        {
            foreach (string sentence in fault.Message.Split('\n')) Refuse(sentence);
            return null;
        }
    }

    /// <exception cref="InputException">Something was refused; one line for each.</exception>
    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0) throw new InputException(string.Join('\n', _faults));
    }

    private Timestamp? InRange(Option<string> option, string text, DateTimeOffset time)
    {
        if (time.Year is >= 1678 and < 2262) return Timestamp.From(time);
        Refuse($"{option.Name}: found \"{text}\", expected a year from 1678 to 2261.");
        return null;
    }
}
