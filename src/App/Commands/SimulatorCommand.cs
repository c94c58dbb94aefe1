using System.CommandLine;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

internal static class SimulatorCommand
{
    public const string Name = "simulator";
    public const string Purpose = "Runs only the gateway simulator.";

    public static Command Create(Surroundings around) => NotBuiltCommand.Create(Name, around);
}
