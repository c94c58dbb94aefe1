using System.Globalization;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Reads one indicator from its text. The grammar:
/// <c>indicator = name ["(" number {"," number} ")"] ["on" calendar] ["of" source ["and" source]]</c>,
/// <c>source = price | name ["(" … ")"] ["." output] ["of" …]</c>. Capitals and blanks do not matter.</summary>
internal sealed class IndicatorText(string text, IndicatorLibrary library, SessionCalendar? calendar)
{
    private int _position;

    public Indicator Read()
    {
        (Indicator indicator, string? output) = ReadIndicator();
        if (output is not null) throw Wrong($"the output \"{output}\" is only named where another indicator reads it");
        if (_position < text.Length) throw Wrong($"\"{text[_position..]}\" is left over after the indicator");
        return indicator;
    }

    private (Indicator Indicator, string? Output) ReadIndicator()
    {
        IndicatorDescription description = library.Find(ReadName());
        List<double> arguments = TryTake('(') ? ReadNumbers() : [];
        string? output = TryTake('.') ? ReadName() : null;
        SessionCalendar? sessions = TryTakeWord("on") ? ReadCalendar() : description.TakesCalendar ? calendar : null;
        if (sessions is not null && !description.TakesCalendar) throw Wrong($"{description.Name} is not anchored to sessions");
        if (!TryTakeWord("of")) return (description.Create(arguments, calendar: sessions), output);
        if (description.Input == IndicatorInput.Bar) return (description.Create(arguments, bars: ReadBars(description), calendar: sessions), output);
        Source source = ReadSource();
        Source? other = description.Input == IndicatorInput.Pair && TryTakeWord("and") ? ReadSource() : null;
        return (description.Create(arguments, source, other), output);
    }

    private Source ReadSource()
    {
        int start = _position;
        if (Source.Named(ReadName()) is Source price && !TryTake('(')) return price;
        _position = start;
        (Indicator indicator, string? output) = ReadIndicator();
        return output is null ? Source.Of(indicator) : Source.Of(indicator, output);
    }

    private BarSource ReadBars(IndicatorDescription reader)
    {
        (Indicator indicator, string? _) = ReadIndicator();
        return indicator is IMakesBars maker ? maker.Made
            : throw Wrong($"{reader.Name} reads whole bars and {indicator.Name} gives numbers; an indicator that makes bars would fit");
    }

    private SessionCalendar ReadCalendar()
    {
        SkipBlanks();
        int start = _position;
        while (_position < text.Length && !char.IsWhiteSpace(text[_position])) _position++;
        string name = text[start.._position];
        return Calendars.TryFind(name, out SessionCalendar? found) ? found
            : throw Wrong($"there is no calendar \"{name}\", only {string.Join(", ", Calendars.All.Select(each => each.Name))}");
    }

    private string ReadName()
    {
        SkipBlanks();
        int start = _position;
        while (_position < text.Length && char.IsAsciiLetterOrDigit(text[_position])) _position++;
        return _position > start ? text[start.._position] : throw Wrong($"a name was expected at character {start + 1}");
    }

    private List<double> ReadNumbers()
    {
        List<double> numbers = [];
        if (TryTake(')')) return numbers;
        do
        {
            int start = _position;
            while (_position < text.Length && text[_position] is not (',' or ')')) _position++;
            string word = text[start.._position].Trim();
            numbers.Add(double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Wrong($"a number was expected at character {start + 1}, found \"{word}\""));
        }
        while (TryTake(','));
        return TryTake(')') ? numbers : throw Wrong("its parenthesis is not closed");
    }

    private bool TryTake(char sign)
    {
        SkipBlanks();
        if (_position >= text.Length || text[_position] != sign) return false;
        _position++;
        SkipBlanks();
        return true;
    }

    private bool TryTakeWord(string word)
    {
        SkipBlanks();
        ReadOnlySpan<char> rest = text.AsSpan(_position);
        if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase) || rest.Length == word.Length || !char.IsWhiteSpace(rest[word.Length])) return false;
        _position += word.Length;
        return true;
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position])) _position++;
    }

    private InputException Wrong(string what) => new($"\"{text}\" is no indicator: {what}. Write it like sma(20), macd(12,26,9) or sma(9) of rsi(14).");
}
