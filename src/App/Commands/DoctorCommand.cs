using System.CommandLine;
using Tradewind.App.Commands.Checkup;
using Tradewind.App.Configuration;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands;

/// <summary>Checks what a session needs, one line each; ends with 3 when something is wrong.</summary>
internal static class DoctorCommand
{
    public const string Name = "doctor";
    public const string Purpose = "Checks configuration, clock, disk, database, port and feed, with the cure of what is wrong.";

    private const int NameWidth = 15;

    public static Command Create(Surroundings around)
    {
        Option<string> config = Opt.Text("--config", "FILE", $"The settings to check; {Settings.DefaultFile} where it exists.");
        Option<string> folder = Opt.Text("--data-dir", "FOLDER", "Where the database and the journals are, ./data where left out.");
        Option<string> port = Opt.Text("--port", "N", "The port that a session would serve on, 5000 where left out.");
        Option<string> gateway = Opt.Text("--gateway", "URL", "A gateway that must be reachable; without it none is asked.");
        Option<bool> json = Opt.Flag("--json", "As an array of {check, isWell, finding, cure}.");
        var command = new TradewindCommand(Name, Purpose, "tradewind doctor", "tradewind doctor --gateway https://api.topstepx.com") { config, folder, port, gateway, json };
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            var terms = new CheckupTerms
            {
                ConfigurationFile = given.Text(config),
                DataFolder = around.PathOf(given.Text(folder) ?? "data"),
                Port = given.Whole(port, 0, 65_535) ?? 5000,
                Gateway = given.Address(gateway) ?? RunCommand.GatewayOf(around),
            };
            given.ThrowIfFaulty();
            Finding[] findings = [.. Checks.All.Select(check => check(terms, around))];
            if (given.Flag(json)) Json.Write(around.Output, writer => Finding.Write(writer, findings));
            else foreach (Finding finding in findings) around.Output.WriteLine(Line(finding, around));
            return findings.All(finding => finding.IsWell) ? ExitCode.Done : ExitCode.Difference;
        });
        return command;
    }

    private static string Line(Finding finding, Surroundings around)
    {
        bool isColored = around.IsOutputTerminal && !around.NoColor;
        string mark = finding.IsWell ? "ok   " : "WRONG";
        if (isColored) mark = finding.IsWell ? $"\u001b[32m{mark}\u001b[0m" : $"\u001b[31m{mark}\u001b[0m";
        return $"{mark}  {finding.Check.PadRight(NameWidth)}{finding.Words}{(finding.Cure is { } cure ? $" Cure: {cure}" : "")}";
    }
}
