using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>The conformance cards from the command line; what they find stands in the tests of the cards themselves.</summary>
public sealed class BrokerTests : IDisposable
{
    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void CardsOfTheGatewaysBrokerArePlayedOverRealSockets()
    {
        string output = _program.Run("broker", "test", "projectx", "--card", "101", "--card", "302").Succeeds().Output;

        Assert.Matches(@"(?m)^ 101  passed  +\d+\.\d\d  a market order buys$", output);
        Assert.Matches(@"projectx: 2 cards passed, 0 failed, in \d+\.\d s\.\n$", output);
    }

    [Fact]
    public void AsJsonEachCardSaysWhatWasExpectedAndMeasured()
    {
        JsonElement report = _program.Run("broker", "test", "paper", "--card", "101", "--json").Succeeds().Json();

        Assert.Equal(("paper", 1, 0), (report.GetProperty("broker").GetString(), report.GetProperty("passed").GetInt32(), report.GetProperty("failed").GetInt32()));
        JsonElement card = report.GetProperty("cards").EnumerateArray().Single();
        Assert.Equal((101, true, JsonValueKind.Null), (card.GetProperty("number").GetInt32(), card.GetProperty("passed").GetBoolean(), card.GetProperty("fault").ValueKind));
        Assert.All(new[] { "steps", "expected", "measured" }, name => Assert.NotEqual(0, card.GetProperty(name).GetArrayLength()));
    }

    [Fact]
    public void ACardThatIsNamedTwiceIsPlayedOnce() =>
        Assert.Contains("paper: 1 card passed", _program.Run("broker", "test", "paper", "--card", "101", "--card", "0101").Succeeds().Output, StringComparison.Ordinal);

    [Fact]
    public void AnUnknownBrokerIsRefused() => _program.Run("broker", "test", "ibkr").Refuses(2, "There are no cards for the broker \"ibkr\"; expected projectx or paper.");

    [Fact]
    public void ANameIsNeeded() => _program.Run("broker", "test").Refuses(2, "NAME is missing");

    [Theory]
    [InlineData("999", "--card: found \"999\"")]
    [InlineData("first", "--card: found \"first\"")]
    [InlineData("302", "cannot be played with paper")]
    public void ACardThatIsNotThereIsRefused(string card, string why) => _program.Run("broker", "test", "paper", "--card", card).Refuses(2, why);
}
