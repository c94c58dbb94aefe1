using Tradewind.App.Commands;

namespace Tradewind.App.Running;

/// <summary>What runs: written into each journal and shown on the status page.</summary>
internal static class BuildVersion
{
    public static string Text => VersionCommand.Version;
}
