using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.Running;

/// <summary>A session's time against a clock that people and time servers set.</summary>
public sealed class WallClockTests
{
    private readonly SetTime _machine = new();
    private readonly WallClock _clock;

    private readonly List<string> _warnings = [];

    public WallClockTests() => _clock = new(_machine, _warnings.Add);

    [Fact]
    public void ItIsTheMachinesClockWhileNobodySetsThat()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _machine.Pass(TimeSpan.FromMilliseconds(250));
            Assert.Equal(Timestamp.From(_machine.GetUtcNow()), _clock.Now);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(3_600)]
    public void ALimitOfTimePassesWhileTheClockIsSetBack(int seconds)
    {
        Timestamp before = _clock.Now;

        _machine.Set(TimeSpan.FromSeconds(-seconds));
        // In steps that are shorter than the machine can tell, as a busy session asks.
        for (int i = 0; i < 2_000_000; i++)
        {
            _machine.Pass(TimeSpan.FromTicks(10));
            _ = _clock.Now;
        }

        Assert.InRange((_clock.Now - before).TotalSeconds, 1.98, 2.0);
    }

    [Fact]
    public void ItNeverGoesBackAndMeetsAClockThatWasSetBack()
    {
        Timestamp last = _clock.Now;

        _machine.Set(TimeSpan.FromSeconds(-2));
        for (int i = 0; i < 201; i++)
        {
            _machine.Pass(TimeSpan.FromSeconds(1));
            Timestamp now = _clock.Now;
            Assert.True(now > last);
            last = now;
        }

        Assert.Equal(Timestamp.From(_machine.GetUtcNow()), last);
    }

    [Fact]
    public void APersonIsToldOnceOfEachTimeThatItIsSetBackFar()
    {
        _ = _clock.Now;
        for (int time = 1; time <= 2; time++)
        {
            _machine.Set(TimeSpan.FromSeconds(-90));
            for (int i = 0; i < 10; i++) _ = _clock.Now;
            Assert.Equal(time, _warnings.Count);
            Assert.Contains("set back by 90 s", _warnings[^1], StringComparison.Ordinal);
            _machine.Set(TimeSpan.FromSeconds(90));
            _ = _clock.Now;
        }
    }

    [Fact]
    public void ASmallStepIsNobodysConcern()
    {
        _ = _clock.Now;
        _machine.Set(TimeSpan.FromSeconds(-1));
        _ = _clock.Now;
        Assert.Empty(_warnings);
    }

    [Fact]
    public void AMachineThatSleptFollowsItsClockAtOnce()
    {
        Timestamp before = _clock.Now;

        _machine.Set(TimeSpan.FromHours(8));

        Assert.Equal(before + TimeSpan.FromHours(8), _clock.Now);
    }

    /// <summary>A steady clock, and one of the day beside it.</summary>
    private sealed class SetTime : TimeProvider
    {
        private TimeSpan _passed;
        private TimeSpan _offset;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _passed.Ticks;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero) + _passed + _offset;

        public void Pass(TimeSpan time) => _passed += time;

        public void Set(TimeSpan offset) => _offset += offset;
    }
}
