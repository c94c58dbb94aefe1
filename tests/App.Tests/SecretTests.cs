using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>The key of a broker and the tokens that it gives are nowhere to be found but in the requests that need them.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Key = "sk-7Qm2vX9pLr4TzW8k";

    /// <summary>How every token of the simulator begins: the header of a JSON web token.</summary>
    private const string TokenStart = "eyJ";

    private readonly Launcher _program = new();
    private readonly Launcher _gateway = new();

    public void Dispose()
    {
        _program.Dispose();
        _gateway.Dispose();
    }

    [Theory]
    [InlineData(Key, 0)]
    [InlineData(Key + "-wrong", 2)]
    public async Task NothingThatASessionWritesSaysOrServesHoldsThem(string key, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");
        using Process simulator = _gateway.Start("simulator", "--user", "kestrel", "--key", Key, "--symbols", "ES");
        string gateway = (await simulator.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        Assert.Contains($"\"token\":\"{TokenStart}", await Login(gateway), StringComparison.Ordinal);
        _program.Variables["TRADEWIND_PROJECTX_USER"] = "kestrel";
        _program.Variables["TRADEWIND_PROJECTX_KEY"] = key;
        using Process session = _program.Start("run", "--gateway", gateway, "--symbols", "ES", "--port", "0", "--data-dir", "data", "--timeframe", "1s");
        string served = "";
        if (exitCode == 0)
        {
            Uri page = await Launcher.PageOf(session);
            await Launcher.UntilStatusHas(page, "Synced");
            using var http = new HttpClient();
            foreach (string path in (string[])["", "api/v1/status"]) served += await http.GetStringAsync(new Uri(page, path), TestContext.Current.CancellationToken);
        }
        Ran ran = exitCode == 0 ? await Launcher.EndInOrder(session) : await Launcher.EndOf(session);
        Ran ended = await Launcher.EndInOrder(simulator);

        Assert.Equal(exitCode, ran.ExitCode);
        AssertClean("the terminal", ran.Output + ran.Error + ended.Output + ended.Error);
        AssertClean("the page", served);
        foreach (string file in Directory.GetFiles(_program.Folder, "*", SearchOption.AllDirectories)) AssertClean(file, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
    }

    private static async Task<string> Login(string gateway)
    {
        using var client = new HttpClient { BaseAddress = new Uri(gateway) };
        using HttpResponseMessage answer = await client.PostAsJsonAsync("api/Auth/loginKey", new { userName = "kestrel", apiKey = Key }, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static void AssertClean(string where, string text)
    {
        Assert.False(text.Contains(Key, StringComparison.Ordinal), $"{where} has the key");
        Assert.False(text.Contains(TokenStart, StringComparison.Ordinal), $"{where} has a token");
    }
}
