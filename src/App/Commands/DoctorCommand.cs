using System.CommandLine;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

internal static class DoctorCommand
{
    public const string Name = "doctor";
    public const string Purpose = "Checks the installation and says the cure of what is wrong.";

    public static Command Create(Surroundings around) => NotBuiltCommand.Create(Name, around);
}
