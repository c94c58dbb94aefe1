using System.Text.Json;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>Rows of the gateway that cannot mean what they say are unreadable, never a guess and never an overflow.</summary>
public sealed class OddRowTests
{
    private const string Trade = """{"id":9007199254740993,"accountId":1,"orderId":2,"contractId":"A","side":1,"size":3,"price":1,"fees":0,"commissions":0""";

    [Theory]
    [InlineData("fees", "79228162514264337593543950335")]
    [InlineData("commissions", "-1e13")]
    [InlineData("price", "1000000000001")]
    public void AnAmountThatNoSumCanHoldIsUnreadable(string name, string value)
    {
        using JsonDocument row = JsonDocument.Parse(Trade.Replace($"\"{name}\":{(name == "price" ? 1 : 0)}", $"\"{name}\":{value}", StringComparison.Ordinal) + "}");

        Assert.Contains($"the trade's {name} is {value}", Assert.Throws<WireException>(() => TradeRow.Read(new(row.RootElement, "trade"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANumberOfAnExecutionMayBeAsLargeAsItIs()
    {
        using JsonDocument row = JsonDocument.Parse(Trade + "}");

        Assert.Equal(9_007_199_254_740_993, TradeRow.Read(new(row.RootElement, "trade")).Id);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void ARowWithAMemberCalledDataIsARow(string data)
    {
        using JsonDocument rows = JsonDocument.Parse($"[{Trade},\"data\":{data}}}]");

        Assert.Single(WireRows.Read(rows.RootElement, "trade", TradeRow.Read));
    }

    [Fact]
    public void APositionOfANegativeSizeIsUnreadable()
    {
        using JsonDocument row = JsonDocument.Parse("""{"id":1,"accountId":1,"contractId":"A","type":1,"size":-3,"averagePrice":1}""");

        Assert.Throws<WireException>(() => PositionRow.Read(new(row.RootElement, "position")));
    }
}
