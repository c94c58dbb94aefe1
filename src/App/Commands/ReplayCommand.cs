using System.CommandLine;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

internal static class ReplayCommand
{
    public const string Name = "replay";
    public const string Purpose = "Runs a recorded session again and compares every output, bit for bit.";

    public static Command Create(Surroundings around) => NotBuiltCommand.Create(Name, around);
}
