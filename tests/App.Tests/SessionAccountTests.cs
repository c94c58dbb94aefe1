using Tradewind.App.Running;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.App.Tests;

/// <summary>Nobody trades by accident what is more than practice. The gateway is the simulator; the session is told that it is far away.</summary>
public sealed class SessionAccountTests
{
    private static readonly Uri Far = new("https://api.topstepx.com");

    private static readonly AccountOptions Practice = new() { Id = 1001, Name = "PRAC-V2-1-2" };
    private static readonly AccountOptions Evaluation = new() { Id = 1002, Name = "50KTC-V2-1-2" };
    private static readonly AccountOptions Real = new() { Id = 1003, Name = "LIVE-1-2", Kind = Gateway.Accounts.AccountKind.Live };

    [Fact]
    public async Task ASimulatorOnThisMachineNeedsNoWordForItsOnlyAccount()
    {
        Assert.Equal("PRAC-V2-1-2", (await Choose(new RunOptions { DataFolder = "" }, "", Practice))!.Name);
        Assert.Equal("PRAC-V2-1-2", (await Choose(new RunOptions { DataFolder = "", Gateway = new("http://127.0.0.1:5055") }, "", Practice))!.Name);
        await Refused("More than one account may trade; name the one that is meant with --account: PRAC-V2-1-2 (1001), 50KTC-V2-1-2 (1002).", new RunOptions { DataFolder = "" }, "", Practice, Evaluation);
    }

    [Fact]
    public async Task AGatewayElsewhereNeedsTheNameOfTheAccount() =>
        await Refused("https://api.topstepx.com/ is no simulator: name the account that this session may trade with --account, one of PRAC-V2-1-2 (1001); or trade on paper with --paper.", At(Far), "", Practice);

    [Theory]
    [InlineData("PRAC-V2-1-2")]
    [InlineData("prac-v2-1-2")]
    [InlineData("1001")]
    public async Task APracticeAccountIsTradedByItsNameOrNumber(string wanted) => Assert.Equal(1001, (await Choose(At(Far), wanted, Practice, Evaluation, Real))!.Id);

    [Fact]
    public async Task WhatIsMoreThanPracticeNeedsASecondWord()
    {
        await Refused("50KTC-V2-1-2 (1002) is an account under the platform's rules, not for practice; add --live", At(Far), "1002", Practice, Evaluation);
        await Refused("LIVE-1-2 (1003) is an account with real money, or one of which the gateway does not say that it has none; add --live", At(Far), "LIVE-1-2", Practice, Real);
        Assert.Equal(1003, (await Choose(At(Far) with { Live = true }, "LIVE-1-2", Practice, Real))!.Id);
    }

    [Fact]
    public async Task OnPaperNoAccountIsAskedFor() => Assert.Null(await Choose(At(Far), "", settings => settings with { Broker = "paper" }));

    [Theory]
    [InlineData("1001", false, "PRACTICE")]
    [InlineData("1002", true, "EVALUATION")]
    [InlineData("1003", true, "LIVE")]
    public async Task TheBadgeSaysWhatIsAtStake(string wanted, bool live, string mode)
    {
        RunOptions options = At(Far) with { Live = live };
        ProjectXAccount? account = await Choose(options, wanted, Practice, Evaluation, Real);
        Assert.Equal(mode, SessionAccount.Mode(account, options));
        Assert.Equal("SIMULATED", SessionAccount.Mode(account, new RunOptions { DataFolder = "" }));
        Assert.Equal("PAPER", SessionAccount.Mode(null, options));
    }

    private static RunOptions At(Uri gateway) => new() { DataFolder = "", Gateway = gateway };

    private static async Task Refused(string sentence, RunOptions options, string wanted, params AccountOptions[] accounts) =>
        Assert.Contains(sentence, (await Assert.ThrowsAsync<InputException>(() => Choose(options, wanted, accounts))).Message, StringComparison.Ordinal);

    private static Task<ProjectXAccount?> Choose(RunOptions options, string wanted, params AccountOptions[] accounts) => Choose(options, wanted, settings => settings, accounts);

    private static async Task<ProjectXAccount?> Choose(RunOptions options, string wanted, Func<RunSettings, RunSettings> change, params AccountOptions[] accounts)
    {
        CancellationToken patience = new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;
        await using var gateway = GatewayServer.Create(new GatewayOptions { Symbols = ["ES"], Accounts = accounts.Length == 0 ? [Practice] : accounts });
        await gateway.StartAsync(patience);
        using var login = new ProjectXLogin(ProjectXOptions.At(gateway.BaseAddress) with { UserName = "demo", ApiKey = new Secret("demo") });
        return await SessionAccount.ChooseAsync(login, change(new RunSettings { Broker = "projectx", Account = wanted }), options, patience);
    }
}
