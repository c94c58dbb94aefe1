using System.Globalization;

namespace Tradewind.Brokers.ProjectX;

/// <summary>Collects everything that is wrong with a set of options, one sentence each.</summary>
internal sealed class OptionFaults
{
    private readonly List<string> _sentences = [];

    public IReadOnlyList<string> Sentences => _sentences;

    public void Add(string sentence) => _sentences.Add(sentence);

    public void Range(string option, double value, double from, double to)
    {
        if (value >= from && value <= to) return;
        _sentences.Add(string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; it must be from {from} to {to}."));
    }

    public void Range(string option, TimeSpan value, TimeSpan from, TimeSpan to)
    {
        if (value >= from && value <= to) return;
        _sentences.Add(string.Create(CultureInfo.InvariantCulture,
            $"{option} is {value.TotalSeconds} s; it must be from {from.TotalSeconds} s to {to.TotalSeconds} s."));
    }

    public void Address(string option, Uri? value, params ReadOnlySpan<string> schemes)
    {
        if (value is null) _sentences.Add($"{option} is missing; give the address of the gateway.");
        else if (!value.IsAbsoluteUri || !schemes.Contains(value.Scheme))
            _sentences.Add($"{option} is '{value}'; it must be an absolute {string.Join(" or ", schemes)} address.");
    }
}
