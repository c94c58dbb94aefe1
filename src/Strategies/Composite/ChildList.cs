using System.Globalization;

namespace Tradewind.Strategies.Composite;

/// <summary>One strategy of a composite, as it stands in the settings.</summary>
/// <param name="Name">Its name in the library, numbered where the list has it twice.</param>
/// <param name="Weight">The number behind the star; 1 without one.</param>
internal sealed record ChildChoice(string Name, StrategySettings Settings, double Weight);

/// <summary>Reads the strategies of a composite: <c>rsi-reversion(Period=7, Oversold=25)*2, voting(Children=[supertrend, turtle], Rule=Unanimous)</c>.</summary>
/// <remarks>list: child, child, …; child: NAME, then settings in round brackets, then a star and a weight, both as wanted; setting: NAME=value; a value that is a list itself stands in square brackets.</remarks>
internal ref struct ChildList
{
    private const int MostChildren = 64;

    private readonly string _text;
    private readonly StrategyLibrary _library;
    private int _at;

    private ChildList(string text, StrategyLibrary library) => (_text, _library) = (text, library);

    /// <exception cref="ArgumentException">What is wrong with the text, and where.</exception>
    public static IReadOnlyList<ChildChoice> Read(string text, StrategyLibrary library)
    {
        ArgumentNullException.ThrowIfNull(text);
        var list = new ChildList(text, library);
        List<ChildChoice> children = [];
        do children.Add(list.ReadChild(children));
        while (list.Takes(','));
        if (list._at < text.Length) throw list.Fault("a comma and another strategy, or the end");
        return children.Count <= MostChildren ? children : throw new ArgumentException($"Children has {children.Count} strategies; at most {MostChildren} are allowed");
    }

    /// <summary>What is wrong with the text; null where nothing is.</summary>
    public static string? FaultOf(string text, StrategyLibrary library)
    {
        try
        {
            Read(text, library);
            return null;
        }
        catch (ArgumentException fault)
        {
            return fault.Message.TrimEnd('.');
        }
    }

    private ChildChoice ReadChild(List<ChildChoice> before)
    {
        string name = ReadName("the name of a strategy");
        List<KeyValuePair<string, string>> settings = [];
        if (Takes('('))
        {
            if (!Takes(')'))
            {
                do settings.Add(ReadSetting());
                while (Takes(','));
                if (!Takes(')')) throw Fault("a comma or a closing bracket");
            }
        }
        double weight = Takes('*') ? ReadWeight() : 1;
        StrategySettings chosen = _library.Find(name).Configure(settings);
        int same = before.Count(child => child.Settings.Description == chosen.Description);
        return new(same == 0 ? chosen.Description.Name : $"{chosen.Description.Name}#{same + 1}", chosen, weight);
    }

    private KeyValuePair<string, string> ReadSetting()
    {
        string name = ReadName("the name of a setting");
        if (!Takes('=')) throw Fault("an equals sign");
        return new(name, Takes('[') ? ReadBracketed() : ReadUntil(",)"));
    }

    private double ReadWeight()
    {
        int start = _at;
        string text = ReadUntil(",)]");
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && weight is > 0 and <= 1000) return weight;
        _at = start;
        throw Fault("a weight above 0 and at most 1000");
    }

    private string ReadName(string expected)
    {
        SkipSpaces();
        int start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '-' or '_')) _at++;
        return _at > start ? _text[start.._at] : throw Fault(expected);
    }

    private string ReadUntil(string ends)
    {
        int start = _at;
        while (_at < _text.Length && !ends.Contains(_text[_at])) _at++;
        return _text[start.._at].Trim();
    }

    /// <summary>Up to the bracket that closes the one just taken.</summary>
    private string ReadBracketed()
    {
        int start = _at;
        for (int depth = 1; _at < _text.Length; _at++)
        {
            depth += _text[_at] == '[' ? 1 : _text[_at] == ']' ? -1 : 0;
            if (depth == 0) return _text[start.._at++].Trim();
        }
        throw Fault("a closing square bracket");
    }

    private bool Takes(char sign)
    {
        SkipSpaces();
        if (_at >= _text.Length || _text[_at] != sign) return false;
        _at++;
        return true;
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private readonly ArgumentException Fault(string expected)
    {
        string found = _at >= _text.Length ? "the end" : $"\"{_text[_at..Math.Min(_text.Length, _at + 12)]}\"";
        return new ArgumentException($"Children, character {_at + 1}: found {found}, expected {expected}; write it like rsi-reversion(Period=7)*2, supertrend");
    }
}
