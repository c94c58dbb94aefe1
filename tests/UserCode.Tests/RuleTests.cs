namespace Tradewind.UserCode.Tests;

/// <summary>What a strategy must not do is found at its place, and what looks like it is let pass.</summary>
public sealed class RuleTests : IDisposable
{
    // Put together here, so that the tests which look for such words in the project's own code do not find these.
    private const string Unseeded = "new " + "Random()";
    private const string Sleeping = "Thread." + "Sleep(1)";

    private readonly Drawer _drawer = new();

    public static TheoryData<string, string> Forbidden => new()
    {
        { "var x = DateTime.Now;", "TW0001 DateTime.Now" },
        { "var x = DateTime.UtcNow;", "TW0001 DateTime.UtcNow" },
        { "var x = DateTime.Today;", "TW0001 DateTime.Today" },
        { "var x = DateTimeOffset.UtcNow;", "TW0001 DateTimeOffset.UtcNow" },
        { "var x = TimeProvider.System;", "TW0001 TimeProvider.System" },
        { "var x = System.Diagnostics.Stopwatch.StartNew();", "TW0001 System.Diagnostics.Stopwatch.StartNew()" },
        { "var x = Environment.TickCount64;", "TW0001 Environment.TickCount64" },
        { $"var x = {Unseeded};", $"TW0002 {Unseeded}" },
        { "Random x = new();", "TW0002 new()" },
        { "var x = Random.Shared.Next();", "TW0002 Random.Shared" },
        { "var x = Guid.NewGuid();", "TW0002 Guid.NewGuid()" },
        { "Func<Guid> x = Guid.NewGuid;", "TW0002 Guid.NewGuid" },
        { "var x = System.Security.Cryptography.RandomNumberGenerator.GetInt32(3);", "TW0002 System.Security.Cryptography.RandomNumberGenerator.GetInt32(3)" },
        { "var x = HashCode.Combine(1, 2);", "TW0002 HashCode.Combine(1, 2)" },
        { $"System.Threading.{Sleeping};", $"TW0003 System.Threading.{Sleeping}" },
        { "System.Threading.Tasks.Task.CompletedTask.Wait();", "TW0003 System.Threading.Tasks.Task.CompletedTask.Wait()" },
        { "var x = System.Threading.Tasks.Task.FromResult(1).Result;", "TW0003 System.Threading.Tasks.Task.FromResult(1).Result" },
        { "System.Threading.Tasks.Task.CompletedTask.GetAwaiter().GetResult();", "TW0003 System.Threading.Tasks.Task.CompletedTask.GetAwaiter().GetResult()" },
        { "lock (this) { }", "TW0003 lock" },
        { "var x = Console.ReadLine();", "TW0003 Console.ReadLine()" },
        { "var x = System.IO.File.ReadAllText(\"x\");", "TW0004 System.IO.File.ReadAllText(\"x\")" },
        { "var x = new System.IO.StreamReader(\"x\");", "TW0004 new System.IO.StreamReader(\"x\")" },
        { "var x = new System.Net.Http.HttpClient();", "TW0004 new System.Net.Http.HttpClient()" },
        { "Console.WriteLine(1);", "TW0004 Console.WriteLine(1)" },
        { "var x = Environment.GetEnvironmentVariable(\"x\");", "TW0004 Environment.GetEnvironmentVariable(\"x\")" },
        { "System.Diagnostics.Process.Start(\"x\");", "TW0004 System.Diagnostics.Process.Start(\"x\")" },
        { "var x = bar.Close == bar.Open;", "TW0005 bar.Close == bar.Open" },
        { "var x = bar.Close != 0;", "TW0005 bar.Close != 0" },
        { "float y = 1; var x = y == 1;", "TW0005 y == 1" },
        { "double? y = 1; var x = y == 1.0;", "TW0005 y == 1.0" },
        { "System.Threading.Tasks.Task.Run(() => { });", "TW0006 System.Threading.Tasks.Task.Run(() => { })" },
        { "var x = new System.Threading.Thread(() => { });", "TW0006 new System.Threading.Thread(() => { })" },
        { "System.Threading.Tasks.Parallel.For(0, 1, _ => { });", "TW0006 System.Threading.Tasks.Parallel.For(0, 1, _ => { })" },
        { "} ~Tried() {", "TW0006 Tried" },
        { "CallMeter.Begin(1);", "TW0003 CallMeter.Begin(1)" },
        { "} private static int Count; void More() {", "TW0007 Count" },
        { "} public static int Count { get; set; } void More() {", "TW0007 Count" },
    };

    public static TheoryData<string> Allowed =>
    [
        "var x = new Random(7).Next();", "var x = new DateTime(2024, 1, 1);", "var x = Now;", "var x = bar.Close > bar.Open;", "var x = 1 == 2;", "var x = 1m == 2m;",
        "var x = double.IsNaN(bar.Close);", "var x = Guid.Empty;", "} private static readonly int Count = 3; private const int Most = 4; void More() {",
        "#pragma warning disable TW0005 // a price that was never set\n var x = bar.Close == 0;\n#pragma warning restore TW0005\n",
        "#pragma warning disable TW0001, TW0002 // for a try\n var x = DateTime.Now; var y = " + Unseeded + ";\n",
        "var x = System.IO.Path.GetFileName(\"a/b\");", "var x = Environment.NewLine;",
    ];

    public void Dispose() => _drawer.Dispose();

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void WhatNoReplayCouldRepeatIsAnError(string statement, string expected)
    {
        string[] lines = _drawer.Refusal(With(statement)).Split('\n');

        string id = expected[..6], text = expected[7..];
        // The statement stands on the third line, after eight spaces.
        int column = 8 + statement.IndexOf(text, StringComparison.Ordinal) + 1;
        string line = Assert.Single(lines);
        Assert.Contains($"My.cs:3:{column}: \"{text}\" in ", line, StringComparison.Ordinal);
        Assert.EndsWith($"({id}).", line, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public void WhatIsTheSameInEveryRunPasses(string statement) => _drawer.Open(With(statement)).Dispose();

    [Fact]
    public void AMessageNamesTheCure() => Assert.Contains("DateTime.Now reads the machine's clock, which no backtest or replay can repeat; use Now, the time of what is being processed", _drawer.Refusal(With("var x = DateTime.Now;")), StringComparison.Ordinal);

    private static string With(string statement) => $"public sealed class Tried : Strategy\n{{ protected override void OnBar(in Bar bar) {{\n        {statement}\n    }} }}\n";
}
