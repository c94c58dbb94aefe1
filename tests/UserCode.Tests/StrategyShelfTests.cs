using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.UserCode.Tests;

/// <summary>A later version of a strategy has the parameters of the one in whose place it comes.</summary>
public sealed class StrategyShelfTests : IDisposable
{
    private const string Text = """
        public sealed class Named(Named.Options options) : Strategy
        {
            public int Length => options.Length;
            protected override void OnBar(in Bar bar) { }
            public sealed record Options
            {
                [Range(1, 100)] public int Length { get; init; } = 1;
            }
        }
        """;

    private readonly Drawer _drawer = new();

    public void Dispose() => _drawer.Dispose();

    [Theory]
    [InlineData("named", "ES", 4)]
    [InlineData("named", "NQ", 6)]
    [InlineData("slow", "ES", 9)]
    public void OfOneFileEachNameAndSymbolKeepsItsOwn(string name, string symbol, int length)
    {
        var shelf = new StrategyShelf(null);
        StrategySource first = StrategySource.Read(_drawer.Write("My.cs", Text)), second = StrategySource.Read(_drawer.Write("My.cs", Text + "// saved again"));
        shelf.Keep(first, CancellationToken.None);
        shelf.Remember("named", "ES", first.Path, null, new Dictionary<string, string> { ["Length"] = "4" });
        shelf.Remember("named", "NQ", first.Path, null, new Dictionary<string, string> { ["Length"] = "6" });
        shelf.Remember("slow", "ES", first.Path, null, new Dictionary<string, string> { ["Length"] = "9" });
        shelf.Keep(second, CancellationToken.None);
        Instruments.TryFind(symbol, out Instrument? instrument);

        Strategy strategy = shelf.Create(name, second.Hash, instrument!);

        Assert.Equal(length, strategy.GetType().GetProperty("Length")!.GetValue(strategy));
        Assert.Contains("fast is not of a file", Assert.Throws<ArgumentException>(() => shelf.Create("fast", second.Hash, instrument!)).Message, StringComparison.Ordinal);
    }
}
