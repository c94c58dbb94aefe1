using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Market;

public class UsTimeTests
{
    public static TheoryData<string> Zones => ["America/Chicago", "America/New_York"];

    [Theory]
    [MemberData(nameof(Zones))]
    public void EveryQuarterOfAnHourFrom1967To2037HasTheOffsetOfTheTimeZoneDatabase(string zone)
    {
        TimeZoneInfo known = Known(zone);
        UsTime time = Ours(zone);
        long wrong = 0;
        DateTime end = new(2037, 12, 31, 0, 0, 0, DateTimeKind.Utc);
        for (var utc = new DateTime(1967, 1, 2, 0, 0, 0, DateTimeKind.Utc); utc < end; utc = utc.AddMinutes(15))
        {
            if (time.OffsetAt(Timestamp.From(utc)) != known.GetUtcOffset(utc)) wrong++;
        }
        Assert.Equal(0, wrong);
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void TheWallClockIsReadAndTurnedBackLikeTheTimeZoneDatabaseDoes(string zone)
    {
        TimeZoneInfo known = Known(zone);
        UsTime time = Ours(zone);
        for (var utc = new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc); utc.Year < 2036; utc = utc.AddMinutes(30))
        {
            DateTime local = TimeZoneInfo.ConvertTimeFromUtc(utc, known);
            Timestamp instant = Timestamp.From(utc);
            if (time.ToLocal(instant) != local) Assert.Fail($"{utc:O} reads {time.ToLocal(instant):O}, expected {local:O}");
            Timestamp expected = known.IsAmbiguousTime(local) ? Timestamp.From(new DateTimeOffset(local, known.GetAmbiguousTimeOffsets(local).Max())) : instant;
            if (time.ToUtc(local) != expected) Assert.Fail($"{local:O} is {time.ToUtc(local)}, expected {expected}");
        }
    }

    /// <summary>The dates of 2013 and 2014 as published by the US Naval Observatory: 10 March, 3 November, 9 March.</summary>
    [Fact]
    public void TheClockMovesAtTwoInTheMorning()
    {
        Assert.Equal(TimeSpan.FromHours(-6), UsTime.Chicago.OffsetAt(Timestamp.FromUtc(2013, 3, 10, 7, 59, 59)));
        Assert.Equal(TimeSpan.FromHours(-5), UsTime.Chicago.OffsetAt(Timestamp.FromUtc(2013, 3, 10, 8)));
        Assert.Equal(TimeSpan.FromHours(-5), UsTime.Chicago.OffsetAt(Timestamp.FromUtc(2013, 11, 3, 6, 59, 59)));
        Assert.Equal(TimeSpan.FromHours(-6), UsTime.Chicago.OffsetAt(Timestamp.FromUtc(2013, 11, 3, 7)));
        Assert.Equal(TimeSpan.FromHours(-4), UsTime.NewYork.OffsetAt(Timestamp.FromUtc(2014, 3, 9, 7)));
    }

    [Fact]
    public void ASkippedHourReadsAsIfTheClockHadNotMovedYet() =>
        Assert.Equal(Timestamp.FromUtc(2013, 3, 10, 8, 30), UsTime.Chicago.ToUtc(new DateTime(2013, 3, 10, 2, 30, 0)));

    private static UsTime Ours(string zone) => zone == "America/Chicago" ? UsTime.Chicago : UsTime.NewYork;

    private static TimeZoneInfo Known(string zone)
    {
        bool isKnown = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? found);
        Assert.SkipUnless(isKnown, $"This machine has no time zone database with {zone}: install tzdata.");
        return found!;
    }
}
