using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tradewind.App.Running;
using Tradewind.App.Tests.Support;
using Tradewind.Core.Model;

namespace Tradewind.App.Tests;

/// <summary>What can be refused is refused before a session leaves a trace, and Ctrl-C is a normal end from the first moment on.</summary>
public sealed class SessionStartTests : IDisposable
{
    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task AStartThatFailsLeavesNoSession()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        (await _program.RunProcessAsync("run", "--port", port)).Refuses(2, $"Port {port} on 127.0.0.1 is taken");

        Assert.False(Directory.Exists(_program.PathOf("data")));
        _program.Run("replay", "last").Refuses(2, "found no session journal");
    }

    [Fact]
    public async Task AFileInPlaceOfTheDataFolderIsOneSentence()
    {
        _program.File("data", "x");

        (await _program.RunProcessAsync("run", "--port", "0")).Refuses(2, "found a file, expected a folder for the database and the journals", "--data-dir");
    }

    [Fact]
    public void AFolderBelongsToOneSessionAtATime()
    {
        string folder = _program.PathOf("data");
        using (RunDatabase.Claim(folder, "first", takeOver: false, TimeProvider.System))
        {
            string refusal = Assert.Throws<InputException>(() => RunDatabase.Claim(folder, "second", takeOver: false, TimeProvider.System)).Message;
            Assert.Contains("another session is writing there (first, process ", refusal, StringComparison.Ordinal);
        }
        RunDatabase.Claim(folder, "third", takeOver: false, TimeProvider.System).Dispose();
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task ACtrlCWhileTheGatewayIsWaitedForIsANormalEnd()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGINT is Unix.");
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _program.Variables["TRADEWIND_PROJECTX_URL"] = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/";
        _program.Variables["TRADEWIND_PROJECTX_USER"] = "somebody";
        _program.Variables["TRADEWIND_PROJECTX_KEY"] = "some-key";
        using Process process = _program.Start("run", "--port", "0");

        // It logs in: the address of the environment is the one that is used, and nobody answers.
        using Socket login = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await Launcher.Signal(process, "INT");
        Ran ran = await Launcher.EndOf(process);

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("Stopped before the session began.", ran.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_program.PathOf("data")));
    }

    [Fact]
    public void TheDoctorAsksTheGatewayOfTheEnvironment()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        string address = $"http://127.0.0.1:{((IPEndPoint)nobody.LocalEndpoint).Port}/";
        nobody.Stop();
        _program.Variables["TRADEWIND_PROJECTX_URL"] = address;
        _program.Variables["TRADEWIND_PROJECTX_USER"] = "somebody";
        _program.Variables["TRADEWIND_PROJECTX_KEY"] = "some-key";

        Assert.Contains($"{address} does not answer", _program.Run("doctor", "--port", "0").Output, StringComparison.Ordinal);
    }
}
