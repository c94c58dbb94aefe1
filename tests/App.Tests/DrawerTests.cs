using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>The user's own strategies in the lists.</summary>
public sealed class DrawerTests : IDisposable
{
    private const string Steady = """
        /// <summary>Always long.</summary>
        /// <remarks>
        /// <para>Lies: it has no stop.</para>
        /// </remarks>
        [Strategy("steady", "Patient")]
        public sealed class Holder(Holder.Options options) : Strategy
        {
            protected override void OnBar(in Bar bar)
            {
                if (bar.Close > options.Above) Buy("above");
            }

            public sealed record Options
            {
                /// <summary>Price above which it is long.</summary>
                [Range(0, 1000)] public int Above { get; init; } = 7;
            }
        }
        """;

    private readonly Launcher _program = new();

    public DrawerTests() => Directory.CreateDirectory(_program.PathOf("strategies"));

    public void Dispose() => _program.Dispose();

    [Fact]
    public void TheDrawerIsListedAfterTheLibraryAndEachNameIsWhatStrategyTakes()
    {
        int library = List().GetArrayLength();
        _program.File("strategies/Holder.cs", Steady);
        _program.File("strategies/Two.cs", "public sealed class Alpha : Strategy { protected override void OnBar(in Bar bar) { } } public sealed class Beta : Strategy { protected override void OnBar(in Bar bar) { } }");

        JsonElement[] all = [.. List().EnumerateArray()];
        Assert.Equal(["steady", "alpha", "beta"], all[library..].Select(each => each.GetProperty("name").GetString()));
        Assert.Equal(("Patient", "strategies/Holder.cs", "Always long.", "it has no stop."), (all[library].GetProperty("family").GetString(), all[library].GetProperty("file").GetString(), all[library].GetProperty("description").GetString(), all[library].GetProperty("lies").GetString()));
        Assert.Equal((7, 1000), (all[library].GetProperty("parameters")[0].GetProperty("default").GetInt32(), all[library].GetProperty("parameters")[0].GetProperty("maximum").GetInt32()));
        Assert.All(all[..library], each => Assert.Equal(JsonValueKind.Null, each.GetProperty("file").ValueKind));

        string table = _program.Run("strategies", "list").Succeeds().Output;
        string[] names = [.. table.TrimEnd('\n').Split('\n')[^3..].Select(line => line.Split(' ')[0])];
        Assert.Equal(["strategies/Holder.cs", "strategies/Two.cs:alpha", "strategies/Two.cs:beta"], names);
        _program.File("bars.csv", Samples.Bars(60));
        Assert.All(names, name => _program.Run("backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", name).Succeeds());
    }

    [Fact]
    public void AFileThatCannotBeUsedIsANoteAndHidesNoOther()
    {
        _program.File("strategies/Broken.cs", "public sealed class Broken : Strategy { wrong }");
        _program.File("strategies/Empty.cs", "public sealed class Nothing;");
        _program.File("strategies/Holder.cs", Steady);
        _program.File("strategies/Zwilling.cs", Steady.Replace("Holder", "Zwilling", StringComparison.Ordinal));

        Ran ran = _program.Run("strategies", "list").Succeeds();

        Assert.Contains("strategies/Holder.cs", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Broken", ran.Output, StringComparison.Ordinal);
        ran.Refuses(0, "note: ", "strategies/Broken.cs:1:", "strategies/Empty.cs: found no strategy in it", "strategies/Zwilling.cs: its \"steady\" has the name of the one in strategies/Holder.cs");
    }

    [Fact]
    public void AnotherFolderIsNamedAndMustBeThere()
    {
        Directory.CreateDirectory(_program.PathOf("mine"));
        _program.File("mine/Holder.cs", Steady);

        Assert.Contains("mine/Holder.cs", _program.Run("strategies", "list", "--folder", "mine").Succeeds().Output, StringComparison.Ordinal);
        _program.Run("strategies", "list", "--folder", "none").Refuses(2, "--folder none: there is no such folder");
    }

    [Fact]
    public void OneOfYourOwnIsDescribedInItsOwnWords()
    {
        _program.File("strategies/Holder.cs", Steady);

        string output = _program.Run("strategies", "describe", "strategies/Holder.cs").Succeeds().Output;
        foreach (string part in (string[])["steady  (Patient, version 1.0.0", "Always long.", "Lies: it has no stop.", "Price above which it is long.", "0 to 1000", "--strategy strategies/Holder.cs --set Above=7"]) Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.Equal("steady", _program.Run("strategies", "describe", "strategies/Holder.cs:steady", "--json").Succeeds().Json().GetProperty("name").GetString());
        _program.Run("strategies", "describe", "strategies/Holder.cs:stedy").Refuses(2, "there is no strategy \"stedy\" in it; near names: steady");
        _program.Run("strategies", "describe", "holder").Refuses(2, "There is no strategy \"holder\"", "one of your own is named by its file: strategies/Holder.cs");
    }

    private JsonElement List() => _program.Run("strategies", "list", "--json").Succeeds().Json();
}
