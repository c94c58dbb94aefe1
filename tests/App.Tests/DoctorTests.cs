using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

public sealed class DoctorTests : IDisposable
{
    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void AFreshMachineIsWell()
    {
        Ran ran = _program.Run("doctor", "--port", "0").Succeeds();

        string[] lines = ran.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(["configuration", "credentials", "clock", "disk", "database", "port", "feed"], lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        Assert.All(lines, line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void AWrongConfigurationIsShownWithItsLine()
    {
        _program.File("tradewind.json", "{\n  \"risk\": { \"maxPosition\": 0 },\n  \"symbols\": [\"ESX\"]\n}");

        string line = Finding("configuration");

        Assert.Contains("tradewind.json, line", line, StringComparison.Ordinal);
        Assert.Contains("Cure: correct it and 1 more", line, StringComparison.Ordinal);
    }

    [Fact]
    public void HalfOfTheCredentialsIsWrong()
    {
        _program.Variables["TRADEWIND_PROJECTX_USER"] = "somebody";

        string line = Finding("credentials");

        Assert.Contains("TRADEWIND_PROJECTX_KEY is missing", line, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", line, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOccupiedPortIsWrong()
    {
        using var occupier = new TcpListener(IPAddress.Loopback, 0);
        occupier.Start();
        int port = ((IPEndPoint)occupier.LocalEndpoint).Port;

        Assert.Contains($"{port} on 127.0.0.1 cannot be used", Finding("port", "--port", $"{port}"), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoDatabaseIsWrong()
    {
        Directory.CreateDirectory(_program.PathOf("data"));
        File.WriteAllText(_program.PathOf("data/tradewind.db"), "this is no database, whatever its name says; " + new string('x', 5000));

        Assert.Contains("tradewind.db", Finding("database"), StringComparison.Ordinal);
    }

    [Fact]
    public void ADataFolderThatIsAFileIsWrong()
    {
        _program.File("occupied", "a file");

        Assert.Contains("cannot be written to", Finding("disk", "--data-dir", "occupied"), StringComparison.Ordinal);
    }

    [Fact]
    public void AGatewayThatDoesNotAnswerIsWrong()
    {
        // Port 1 is privileged and unused: the connection is refused at once.
        Assert.Contains("http://127.0.0.1:1/ does not answer", Finding("feed", "--gateway", "http://127.0.0.1:1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-600, false)]
    public async Task TheGatewaysClockIsComparedWithOurs(int offsetSeconds, bool isWell)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using WebApplication gateway = builder.Build();
        gateway.Run(http =>
        {
            http.Response.Headers.Date = TimeProvider.System.GetUtcNow().AddSeconds(offsetSeconds).ToString("r");
            return Task.CompletedTask;
        });
        await gateway.StartAsync(TestContext.Current.CancellationToken);
        _program.Variables["TRADEWIND_PROJECTX_USER"] = "somebody";
        _program.Variables["TRADEWIND_PROJECTX_KEY"] = "something";

        Ran ran = await Task.Run(() => _program.Run("doctor", "--json", "--port", "0", "--gateway", gateway.Urls.First()), TestContext.Current.CancellationToken);

        JsonElement feed = ran.Json().EnumerateArray().Single(each => each.GetProperty("check").GetString() == "feed");
        Assert.Equal(isWell, feed.GetProperty("isWell").GetBoolean());
        Assert.Equal(isWell ? 0 : 3, ran.ExitCode);
        Assert.Contains("answers", feed.GetProperty("finding").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The line of the one check that is expected to be wrong.</summary>
    private string Finding(string check, params string[] options)
    {
        Ran ran = _program.Run(["doctor", .. options.Contains("--port") ? options : [.. options, "--port", "0"]]);

        Assert.True(ran.ExitCode == 3, new StringBuilder(ran.Error).Append(ran.Output).ToString());
        string line = ran.Output.Split('\n').Single(each => each.Contains($" {check} ", StringComparison.Ordinal));
        Assert.StartsWith("WRONG", line, StringComparison.Ordinal);
        Assert.Contains(" Cure: ", line, StringComparison.Ordinal);
        return line;
    }
}
