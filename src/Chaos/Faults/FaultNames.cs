using System.Text;

namespace Tradewind.Chaos.Faults;

/// <summary>Kinds of faults as people write them: stream-row-lost.</summary>
public static class FaultNames
{
    public static string Of(FaultKind kind)
    {
        var name = new StringBuilder();
        foreach (char letter in kind.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('-');
            name.Append(char.ToLowerInvariant(letter));
        }
        return name.ToString();
    }
}
