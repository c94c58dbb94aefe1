using Tradewind.Conformance.Cards;
using Tradewind.Conformance.Venue;

namespace Tradewind.Conformance.Tests;

/// <summary>All cards that a broker's bench can play, one test each. A broker inherits it with its bench.</summary>
public abstract class ConformanceSuite<TBench> where TBench : ITestBench, new()
{
#pragma warning disable CA1000 // The test runner reads it of the class that inherits.
    public static TheoryData<int> Cards => new(CardList.All.Where(card => card.CanPlayOn(new TBench())).Select(card => card.Number));
#pragma warning restore CA1000

    [Theory]
    [MemberData(nameof(Cards))]
    public async Task ACardHolds(int number)
    {
        CardResult result = await new CardPlayer(new TBench(), TimeProvider.System).PlayAsync(CardList.Find(number)!, new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token);

        Assert.True(result.Passed, $"Card {number}, {result.Card.Name}: {result.Fault}\nMeasured before:\n{string.Join('\n', result.Measured)}");
    }
}
