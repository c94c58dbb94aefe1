using System.CommandLine;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

internal static class ExplainCommand
{
    public const string Name = "explain";
    public const string Purpose = "Says why an order exists: data, indicators, signals, vote, risk checks, broker.";

    public static Command Create(Surroundings around) => NotBuiltCommand.Create(Name, around);
}
