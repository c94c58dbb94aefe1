using System.CommandLine;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

internal static class StatusCommand
{
    public const string Name = "status";
    public const string Purpose = "Shows what a running engine is doing.";

    public static Command Create(Surroundings around) => NotBuiltCommand.Create(Name, around);
}
