using System.Globalization;
using System.Text;
using Tradewind.Core.Model;
using Tradewind.Storage.Csv;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Csv;

public sealed class CsvTimeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    /// <summary>The expected values are those of <c>date -u -d TEXT +%s%N</c>.</summary>
    [Theory]
    [InlineData("2013-10-06T22:00:00Z", 1381096800000000000)]
    [InlineData("2013-10-06T22:00:00.000Z", 1381096800000000000)]
    [InlineData("2013-10-06T22:00:00.123456789Z", 1381096800123456789)]
    [InlineData("2013-10-06T22:00:00.5Z", 1381096800500000000)]
    [InlineData("2013-10-06 22:00:00Z", 1381096800000000000)]
    [InlineData("2013-10-06T22:00Z", 1381096800000000000)]
    [InlineData("2013-10-06T22:00:00z", 1381096800000000000)]
    [InlineData("2013-10-06T22:00:00+00:00", 1381096800000000000)]
    [InlineData("2013-10-06T17:00:00-05:00", 1381096800000000000)]
    [InlineData("2013-10-07T03:30:00+0530", 1381096800000000000)]
    [InlineData("2013-10-07T00:00:00.25+02", 1381096800250000000)]
    [InlineData("1969-12-31T23:59:59.999Z", -1000000)]
    [InlineData("1381096800", 1381096800000000000)]
    [InlineData("1381096800123", 1381096800123000000)]
    [InlineData("1381096800123456", 1381096800123456000)]
    [InlineData("1381096800123456789", 1381096800123456789)]
    [InlineData("-630000000000", -630000000000000000)]
    [InlineData("2013-10-06", 1381017600000000000)]
    public void TimesAreReadToTheNanosecond(string text, long expected)
    {
        string path = _directory.Write("input.csv", $"timestamp,open,high,low,close,volume\n{text},1,1,1,1,1\n");
        using MarketDataFile file = MarketDataFile.Open(path);
        Assert.Equal(expected, file.Bars.Span[0].Start.Nanoseconds);
    }

    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ", 10_000_000)]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fffZ", 10_000)]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fffffffZ", 1)]
    [InlineData("yyyy-MM-dd HH:mm:ss.ffffffZ", 10)]
    [InlineData("yyyy-MM-ddTHH:mm:ss+00:00", 10_000_000)]
    public void EveryFormGivesWhatThePlatformReads(string format, long resolutionTicks)
    {
        var random = new Random(7);
        Assert.Equal(ClockFault.None, CsvClock.Detect(Encoding.UTF8.GetBytes("2000-01-01T00:00:00Z\n"), out CsvClock clock));
        long ticks = new DateTime(1700, 1, 1).Ticks;
        for (int i = 0; i < 50_000; i++)
        {
            ticks += random.NextInt64(i % 10 == 0 ? 400 * TimeSpan.TicksPerDay / 10 : 2 * TimeSpan.TicksPerHour);
            var time = new DateTime(ticks - ticks % resolutionTicks, DateTimeKind.Utc);
            if (time.Year > 2250) ticks = new DateTime(1700, 1, 1).Ticks;
            byte[] text = Encoding.UTF8.GetBytes(time.ToString(format, CultureInfo.InvariantCulture) + ",\n");
            int position = 0;
            Assert.True(clock.TryRead(text, ref position, out long nanoseconds));
            Assert.Equal((time - DateTime.UnixEpoch).Ticks * 100, nanoseconds);
            Assert.Equal(text.Length - 2, position);
        }
    }

    [Fact]
    public void NoSingleWrongLetterIsAcceptedAsAnotherTime()
    {
        // every letter of a good time replaced by every other byte: what is read must agree with the platform, or be refused
        const string good = "2024-03-08T14:30:25.125Z";
        for (int place = 0; place < good.Length; place++)
        {
            for (int letter = ' '; letter < 127; letter++)
            {
                string text = string.Concat(good.AsSpan(0, place), ((char)letter).ToString(), good.AsSpan(place + 1));
                if (letter is ',' or '"') continue;
                Assert.Equal(ClockFault.None, CsvClock.Detect(Encoding.UTF8.GetBytes(good + "\n"), out CsvClock clock));
                int position = 0;
                byte[] warmUp = Encoding.UTF8.GetBytes(good + ",\n");
                clock.TryRead(warmUp, ref position, out _);
                position = 0;
                bool isRead = clock.TryRead(Encoding.UTF8.GetBytes(text + ",\n"), ref position, out long nanoseconds) && position == text.Length;
                bool isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
                if (isRead) Assert.True(isTime && Timestamp.From(time).Nanoseconds == nanoseconds, text);
                if (char.IsAsciiDigit((char)letter) && char.IsAsciiDigit(good[place]) && isTime && time.Year is > 1678 and < 2261) Assert.True(isRead, text);
            }
        }
    }
}
