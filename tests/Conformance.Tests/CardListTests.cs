using System.Text.RegularExpressions;
using Tradewind.Conformance.Cards;
using Tradewind.Conformance.Paper;
using Tradewind.Conformance.ProjectX;

namespace Tradewind.Conformance.Tests;

public sealed partial class CardListTests
{
    private static readonly string Document = Path.Combine(AppContext.BaseDirectory, "../../../../../docs/conformance.md");

    [Fact]
    public void NoNumberAndNoNameIsGivenTwice()
    {
        Assert.Equal(CardList.All.Count, CardList.All.Select(card => card.Number).Distinct().Count());
        Assert.Equal(CardList.All.Count, CardList.All.Select(card => card.Name).Distinct().Count());
    }

    [Fact]
    public void ABrokerOfAVenueIsPlayedThroughAtLeastSixtyCards() => Assert.InRange(CardList.All.Count(card => card.CanPlayOn(new SimulatedProjectXBench())), 60, int.MaxValue);

    [Fact]
    public void EveryCardCanBePlayedWithSomeBroker() => Assert.All(CardList.All, card => Assert.True(card.CanPlayOn(new SimulatedProjectXBench()) || card.CanPlayOn(new PaperBench()), card.Name));

    [Fact]
    public void EveryCardSaysWhatItDoesAndWhy() => Assert.All(CardList.All, card =>
    {
        Assert.EndsWith(".", card.Purpose, StringComparison.Ordinal);
        Assert.All([.. card.Steps, .. card.Expected], line => Assert.EndsWith(".", line, StringComparison.Ordinal));
        Assert.All(card.Faults, fault => Assert.Matches(Fault(), fault));
    });

    [Fact]
    public void TheDocumentIsMadeOfTheCards()
    {
        string made = CardDocument.Write(new SimulatedProjectXBench(), new PaperBench());
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "conformance.md"), made);

        Assert.True(made == File.ReadAllText(Document), $"docs/conformance.md is not what the cards say; what they say is beside the tests, in {AppContext.BaseDirectory}conformance.md.");
    }

    [GeneratedRegex(@"^F\d{1,2}$")]
    private static partial Regex Fault();
}
