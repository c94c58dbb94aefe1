using System.CommandLine;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

internal static class RunCommand
{
    public const string Name = "run";
    public const string Purpose = "The main job: streams, decides, checks risk and trades on paper.";

    public static Command Create(Surroundings around) => NotBuiltCommand.Create(Name, around);

    /// <summary>What the program does without any word.</summary>
    public static int RunDefault(Surroundings around) => NotBuiltCommand.Answer("tradewind run", around);
}
