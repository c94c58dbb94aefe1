using Tradewind.App.Terminal;

namespace Tradewind.App.Running;

/// <summary>Where the user's own state lives, whatever data folder a session has: what all sessions of a user on this machine must see.</summary>
internal static class StateFolder
{
    public const string Variable = "TRADEWIND_STATE_DIR";

    /// <summary><c>TRADEWIND_STATE_DIR</c>, or by the custom of the system: <c>$XDG_STATE_HOME/tradewind</c> or <c>~/.local/state/tradewind</c> on Linux, the local application data elsewhere.</summary>
    public static string Of(Surroundings around)
    {
        if (around.Variable(Variable) is { Length: > 0 } folder) return around.PathOf(folder);
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "tradewind");
        string state = around.Variable("XDG_STATE_HOME") is { Length: > 0 } custom ? custom : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "tradewind");
    }
}
