using Tradewind.Brokers.ProjectX;

namespace Tradewind.App.Running;

/// <summary>The names in settings of who keeps brackets.</summary>
internal static class BracketNames
{
    public const string Engine = "engine";

    public static IReadOnlyDictionary<string, BracketUse> All { get; } = new Dictionary<string, BracketUse>(StringComparer.OrdinalIgnoreCase) { [Engine] = BracketUse.Engine, ["native"] = BracketUse.Native, ["auto"] = BracketUse.Auto };
}
