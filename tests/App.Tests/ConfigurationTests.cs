using System.ComponentModel.DataAnnotations;
using Tradewind.App.Configuration;
using Tradewind.App.Terminal;
using Tradewind.App.Tests.Support;
using Tradewind.Core.Model;

namespace Tradewind.App.Tests;

public sealed class ConfigurationTests : IDisposable
{
    private readonly Launcher _program = new();

    internal sealed record Sample
    {
        public string Name { get; init; } = "none";

        [Range(1, 10)] public int Size { get; init; } = 3;

        public decimal Cash { get; init; } = 100m;

        public Uri? Gateway { get; init; }

        public IReadOnlyList<string> Symbols { get; init; } = ["ES"];

        public IReadOnlyList<Part> Parts { get; init; } = [];

        public Part Risk { get; init; } = new();
    }

    internal sealed record Part
    {
        public double MaxDrawdown { get; init; } = 0.5;

        public bool IsOn { get; init; }

        public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
    }

    public static TheoryData<string, string> WrongFiles => new()
    {
        { "{", "line 1: this is no JSON" },
        { "[]", "line 1: found a list, expected an object of settings" },
        { "{\n \"size\": 5,\n \"size\": 6\n}", "line 3: size is set a second time" },
        { "{\n \"sise\": 5\n}", "line 2: there is no setting sise; near names: size" },
        { "{\n\n \"size\": \"five\"\n}", "line 3: size: found \"five\", expected a whole number from 1 to 10" },
        { "{\n \"size\": 11\n}", "line 2: size: found 11, expected a whole number from 1 to 10" },
        { "{\n \"size\": 2.5\n}", "line 2: size: found 2.5, expected a whole number" },
        { "{ \"cash\": true }", "line 1: cash: found true, expected a number" },
        { "{ \"gateway\": \"here\" }", "line 1: gateway: found \"here\", expected an address" },
        { "{ \"symbols\": \"\" , \"risk\": 5 }", "line 1: risk: found 5, expected an object of settings" },
        { "{ \"symbols\": { } }", "line 1: symbols: found an object, expected a list" },
        { "{\n \"risk\": {\n  \"maxDrawdwn\": 1\n }\n}", "line 3: there is no setting risk.maxDrawdwn; near names: maxDrawdown" },
        { "{\n \"parts\": [\n  { \"isOn\": true },\n  { \"isOn\": 1 }\n ]\n}", "line 4: parts.1.isOn: found 1, expected true or false" },
        { "{\n \"risk\": { \"parameters\": {\n  \"A\": [1] } }\n}", "line 3: risk.parameters.A: found a list, expected a number, text, true or false" },
    };

    public void Dispose() => _program.Dispose();

    [Fact]
    public void CommentsTrailingCommasAndAnyCaseAreFine()
    {
        Sample read = Read("""
            { // a comment
              "$schema": "whatever", "SIZE": 4, "cash": 1e3, "gateway": null,
              "symbols": ["NQ", "CL",], "risk": { "maxDrawdown": 0.25, "parameters": { "Fast": 5, "Kind": "x" } },
            }
            """);

        Assert.Equal(4, read.Size);
        Assert.Equal(1000m, read.Cash);
        Assert.Null(read.Gateway);
        Assert.Equal(["NQ", "CL"], read.Symbols);
        Assert.Equal(0.25, read.Risk.MaxDrawdown);
        Assert.Equal("5", read.Risk.Parameters["Fast"]);
    }

    [Fact]
    public void WithoutAFileTheDefaultsApply()
    {
        Sample read = Read(null);

        Assert.Equal(("none", 3, 100m, 0.5), (read.Name, read.Size, read.Cash, read.Risk.MaxDrawdown));
        Assert.Equal(["ES"], read.Symbols);
    }

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void AWrongFileIsRefusedWithItsLine(string text, string expected)
    {
        var fault = Assert.Throws<InputException>(() => Read(text));

        Assert.Contains($"tradewind.json, {expected}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheEnvironmentOverridesTheFile()
    {
        _program.Variables["TRADEWIND__RISK__MAXDRAWDOWN"] = "0.75";
        _program.Variables["TRADEWIND__SYMBOLS"] = "GC, 6E";
        _program.Variables["TRADEWIND__PARTS__0__ISON"] = "true";
        _program.Variables["TRADEWIND_PROJECTX_USER"] = "is none of it";

        Sample read = Read("""{ "risk": { "maxDrawdown": 0.25, "isOn": true }, "parts": [ { "maxDrawdown": 0.1 } ] }""");

        Assert.Equal(0.75, read.Risk.MaxDrawdown);
        Assert.True(read.Risk.IsOn);
        Assert.Equal(["GC", "6E"], read.Symbols);
        Assert.Equal((0.1, true), (read.Parts[0].MaxDrawdown, read.Parts[0].IsOn));
    }

    [Theory]
    [InlineData("TRADEWIND__SIZE", "many", "environment variable TRADEWIND__SIZE: size: found \"many\"")]
    [InlineData("TRADEWIND__SISE", "5", "environment variable TRADEWIND__SISE: there is no setting sise; near names: size")]
    [InlineData("TRADEWIND__SIZE__MORE", "5", "environment variable TRADEWIND__SIZE__MORE: size is 4 (")]
    [InlineData("TRADEWIND__PARTS__7__ISON", "true", "environment variable TRADEWIND__PARTS__7__ISON: parts is a list of 0")]
    [InlineData("TRADEWIND__", "5", "the name ends in the middle")]
    public void AWrongVariableIsRefusedByItsName(string name, string value, string expected)
    {
        _program.Variables[name] = value;

        var fault = Assert.Throws<InputException>(() => Read("""{ "size": 4, "parts": [] }"""));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AllFaultsComeAtOnce()
    {
        var fault = Assert.Throws<InputException>(() => Read("{\n\"size\": 99,\n\"cash\": \"x\",\n\"nme\": \"y\"\n}"));

        Assert.Equal(3, fault.Message.Split('\n').Length);
    }

    [Fact]
    public void WhatARecordFindsWrongNamesTheLineOfItsSetting()
    {
        _program.File("tradewind.json", "{\n \"risk\": {\n  \"maxDrawdown\": 7 }\n}");
        Settings settings = Load();
        settings.Read<Sample>();
        settings.Add(["Risk.MaxDrawdown: found 7; expected a fraction."]);

        var fault = Assert.Throws<InputException>(() => settings.Check(typeof(Sample)));

        Assert.Contains("tradewind.json, line 3: Risk.MaxDrawdown: found 7", fault.Message, StringComparison.Ordinal);
    }

    private Sample Read(string? text)
    {
        if (text is not null) _program.File("tradewind.json", text);
        Settings settings = Load();
        Sample read = settings.Read<Sample>();
        settings.Check(typeof(Sample));
        return read;
    }

    private Settings Load() => Settings.Load(null, new Surroundings(TextWriter.Null, TextWriter.Null, _ => null, _program.Folder) { Variables = _program.Variables });
}
