using System.Text.Json;
using Tradewind.App.Running.Checking;

namespace Tradewind.App.Tests;

/// <summary>What <c>run --verify</c> reads from the simulator: which orders count as at work there.</summary>
public sealed class SimulatorTruthTests
{
    [Theory]
    [InlineData(1, null, true)]
    [InlineData(6, null, true)]
    [InlineData(7, null, true)]
    [InlineData(8, null, true)]
    [InlineData(1, 7L, true)]
    [InlineData(8, 7L, false)]
    [InlineData(2, null, false)]
    [InlineData(3, 7L, false)]
    [InlineData(5, null, false)]
    public void ALegThatWaitsForItsEntryIsNotAtWorkAndAnyOtherUnfinishedOrderIs(int status, long? parent, bool isLive) =>
        Assert.Equal(isLive, Truth(new { id = 8, customTag = "tw-a-1-SL", status, parentOrderId = parent }).Orders["tw-a-1-SL"].IsLive);

    [Fact]
    public void AnEntryThatRestsWithItsLegsIsOneOrder()
    {
        SimulatorTruth truth = Truth(
            new { id = 7, customTag = "tw-a-1", status = 1, parentOrderId = (long?)null },
            new { id = 8, customTag = "tw-a-1-SL", status = 8, parentOrderId = (long?)7 },
            new { id = 9, customTag = "tw-a-1-TP", status = 8, parentOrderId = (long?)7 });
        Assert.Equal(["tw-a-1"], truth.Orders.Where(order => order.Value.IsLive).Select(order => order.Key));
        Assert.Empty(truth.TakenTwice);
    }

    private static SimulatorTruth Truth(params object[] orders) => SimulatorTruth.Of(JsonSerializer.SerializeToElement(new
    {
        accounts = new[] { new { account = new { balance = 50_000m }, trades = Array.Empty<object>(), positions = Array.Empty<object>(), orders = orders.Select(order => new { order }) } },
    }));
}
