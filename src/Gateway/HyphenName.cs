namespace Tradewind.Gateway;

/// <summary>Writes names of enums as options have them: HubDrop as hub-drop.</summary>
internal static class HyphenName
{
    public static string Of<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, index) => char.IsUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
