using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

public sealed class HelpTests : IDisposable
{
    private readonly Launcher _program = new();

    public static TheoryData<string> Commands =>
    [
        "run", "simulator", "backtest", "dev", "data", "data import", "data generate", "data info", "data export", "indicators", "indicators list", "indicators compute",
        "strategies", "strategies list", "strategies describe", "strategies resume", "strategies takeover", "strategies rollback", "strategies drop",
        "replay", "explain", "status", "positions", "orders", "pause", "resume", "flatten", "kill", "chaos", "broker", "broker test", "doctor", "version",
    ];

    public static TheoryData<string> NotBuilt => ["optimize", "worker"];

    public void Dispose() => _program.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryCommandExplainsItselfWithAnExample(string command)
    {
        Ran ran = _program.Run([.. command.Split(' '), "--help"]).Succeeds();

        Assert.Contains("Usage\n  tradewind " + command, ran.Output, StringComparison.Ordinal);
        Assert.Contains("Examples\n  tradewind ", ran.Output, StringComparison.Ordinal);
        Assert.Contains("--help", ran.Output, StringComparison.Ordinal);
        Assert.Empty(ran.Error);
    }

    [Fact]
    public void TheProgramListsEveryCommandThatIsBuiltAndNoOther()
    {
        string output = _program.Run("--help").Succeeds().Output;

        string list = output[output.IndexOf("Commands\n", StringComparison.Ordinal)..output.IndexOf("Options\n", StringComparison.Ordinal)];
        Assert.Equal(Commands.Select(each => each.Data).Where(each => !each.Contains(' ', StringComparison.Ordinal)).Order(), list.Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Trim().Split(' ')[0]).Order());
    }

    [Theory]
    [MemberData(nameof(NotBuilt))]
    public void ACommandThatIsNotBuiltSaysSo(string command) => _program.Run([.. command.Split(' '), "--some", "option"]).Refuses(2, $"tradewind {command.Split(' ')[0]} is not built yet");

    [Fact]
    public void HelpIsTheSameUnderItsOtherNames() => Assert.Equal(_program.Run("--help").Output, _program.Run("-h").Output);

    [Fact]
    public void LinesOfHelpFitATerminal() => Assert.All(_program.Run("backtest", "--help").Output.Split('\n'), line => Assert.InRange(line.Length, 0, 130));

    [Fact]
    public void TheVersionIsOneLine() => Assert.Matches(@"^tradewind \d+\.\d+\.\d+\n$", _program.Run("--version").Succeeds().Output);

    [Fact]
    public void TheVersionCommandNamesItsParts()
    {
        Assert.Equal(["version", "commit", "runtime", "system"], _program.Run("version", "--json").Succeeds().Json().EnumerateObject().Select(each => each.Name));
        Assert.Contains("commit", _program.Run("version").Succeeds().Output, StringComparison.Ordinal);
    }
}
