using Tradewind.Brokers.ProjectX;

namespace Tradewind.App.Running;

/// <summary>The names in settings of who moves trailing stops.</summary>
internal static class TrailingNames
{
    public const string Engine = "engine";
    public const string Native = "native";

    public static IReadOnlyList<string> All { get; } = [Engine, Native];

    /// <summary>The gateway moves those that it can move as they are wished; on paper the engine moves all.</summary>
    public static bool AreNative(RunSettings settings) => !settings.IsPaper && settings.TrailingStops.Equals(Native, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The names in settings of who keeps brackets.</summary>
internal static class BracketNames
{
    public const string Engine = "engine";

    public static IReadOnlyDictionary<string, BracketUse> All { get; } = new Dictionary<string, BracketUse>(StringComparer.OrdinalIgnoreCase) { [Engine] = BracketUse.Engine, ["native"] = BracketUse.Native, ["auto"] = BracketUse.Auto };
}
