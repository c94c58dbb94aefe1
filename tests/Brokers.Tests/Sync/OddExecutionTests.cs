using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>One row of the stream says something absurd of an execution; the venue's answers tell it right.</summary>
public sealed class OddExecutionTests
{
    private readonly SyncRun _run = new();

    public OddExecutionTests() => Assert.True(_run.RunUntilSynced());

    /// <summary>By its own time it would be too old to be remembered, and be booked again with the next answer.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(8)]
    [InlineData(4_000)]
    public void TheFirstOneIsBookedOnceWhateverTimeItSaysOfItself(int? daysOld)
    {
        OrderId order = Working(5m);
        Damage(fill => fill with { Time = daysOld is { } days ? fill.Time - TimeSpan.FromDays(days) : default });
        _run.Fill(order, 1m);
        _run.Advance(1);
        _run.Fill(order, 1m);
        _run.Advance(1);

        decimal most = 0m;
        _run.RunUntil(() => (most = Math.Max(most, _run.Booked(order).Filled)) > 2m, TimeSpan.FromSeconds(90));

        Assert.Equal((2m, 2m), (most, _run.Booked(order).Filled));
        AssertAgrees();
    }

    [Theory]
    [InlineData("another order")]
    [InlineData("the other side")]
    public void OneThatIsToldOtherwiseIsBookedAsTheAnswerTellsIt(string what)
    {
        OrderId order = Working(5m);
        Damage(fill => what == "another order" ? fill with { VenueOrderId = "999" } : fill with { Side = Side.Sell });
        _run.Fill(order, 1m);

        _run.Advance(90);

        Assert.Equal(1m, _run.Booked(order).Filled);
        AssertAgrees();
    }

    [Theory]
    [InlineData("79228162514264337593543950335", "1", "1")]
    [InlineData("1e27", "1", "1")]
    [InlineData("5000", "79228162514264337593543950335", "1")]
    [InlineData("5000", "1", "-1e20")]
    public void OneThatNoSumCanHoldIsNotBooked(string price, string quantity, string fee)
    {
        OrderId order = Working(5m);
        VenueFill fill = _run.Fill(order, 2m);
        _run.Advance(1);

        _run.Deliver(fill with { ExecutionId = fill.ExecutionId + 1000, Price = Number(price), Quantity = Number(quantity), Fee = Number(fee) });
        _run.Advance(30);

        Assert.Equal(2m, _run.Booked(order).Filled);
        AssertAgrees();
    }

    [Theory]
    [InlineData("5", "2")]
    [InlineData("1e27", "1e27")]
    public void ARowThatCallsMoreFilledThanTheOrderIsForIsNotBelieved(string filled, string quantity)
    {
        OrderId order = Working(2m);
        decimal most = 0m;

        _run.Deliver(_run.AtVenue(order) with { Filled = Number(filled), Quantity = Number(quantity) });
        _run.RunUntil(() => (most = Math.Max(most, _run.Booked(order).Filled)) > 0m, TimeSpan.FromSeconds(90));

        Assert.Equal(0m, most);
        AssertAgrees();
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);

    private OrderId Working(decimal quantity)
    {
        OrderId order = _run.Send(quantity: quantity);
        _run.Advance(1);
        return order;
    }

    /// <summary>The stream's next execution comes in other words.</summary>
    private void Damage(Func<VenueFill, VenueFill> change)
    {
        bool isDone = false;
        _run.Wire = row =>
        {
            if (row is not VenueFill fill || isDone) return [];
            isDone = true;
            VenueFill odd = change(fill);
            _run.At(TimeSpan.FromMilliseconds(5), () => _run.Deliver(odd));
            return [TimeSpan.FromSeconds(-1)];
        };
    }

    private void AssertAgrees()
    {
        Assert.Empty(_run.Books.Complaints);
        Assert.Empty(Truth.Differences(_run, false));
    }
}
