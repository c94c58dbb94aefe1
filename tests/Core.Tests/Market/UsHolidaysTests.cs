using Tradewind.Core.Market;

namespace Tradewind.Core.Tests.Market;

public class UsHolidaysTests
{
    /// <summary>Dates of Easter Sunday from the tables of the US Naval Observatory.</summary>
    [Theory]
    [InlineData(1998, 4, 12)]
    [InlineData(2000, 4, 23)]
    [InlineData(2005, 3, 27)]
    [InlineData(2008, 3, 23)]
    [InlineData(2011, 4, 24)]
    [InlineData(2019, 4, 21)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)]
    public void EasterFallsOnItsPublishedDate(int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), UsHolidays.Easter(year));

    /// <summary>The Good Fridays since 2010 on which the Bureau of Labor Statistics published the Employment Situation.</summary>
    [Fact]
    public void TheJobsReportMeetsGoodFridayInTheYearsInWhichItDid() =>
        Assert.Equal([2010, 2012, 2015, 2021, 2023, 2026], Enumerable.Range(2008, 20).Where(year => UsHolidays.GoodFridayWithJobsReport(year) is not null));
}
