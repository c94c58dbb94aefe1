using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>The price of one underlying within a minute, in steps of 20 ms joined by straight lines; all its contracts read the same path.</summary>
internal sealed class StepPath(ulong seed, Underlying underlying, MinutePath minutes)
{
    public const int Steps = 3000;
    public const long StepNanoseconds = Timestamp.NanosecondsPerMinute / Steps;

    /// <summary>What is left of a jump after each step: nine tenths are done within two seconds.</summary>
    private const double JumpToCome = 0.977;

    /// <summary>After so many steps less than a hundred-thousandth is left.</summary>
    private const int JumpSteps = 500;

    /// <summary>Over the deviation of a minute. Steps are evenly spread, which has the deviation sqrt(1/12); fifty of them are as good as normal.</summary>
    private static readonly double StepDeviation = Math.Sqrt(12.0 / Steps);

    private readonly double[] _prices = new double[Steps + 1];
    private Timestamp _minute = Timestamp.MinValue;

    public Underlying Underlying => underlying;

    /// <summary>The price without spread and grid.</summary>
    public double PriceAt(Timestamp time)
    {
        long into = time.Nanoseconds - _minute.Nanoseconds;
        if (into is < 0 or >= Timestamp.NanosecondsPerMinute)
        {
            into = time.Nanoseconds % Timestamp.NanosecondsPerMinute;
            MoveTo(new Timestamp(time.Nanoseconds - into));
        }
        int step = (int)(into / StepNanoseconds);
        double share = (into - step * StepNanoseconds) * (1.0 / StepNanoseconds);
        return _prices[step] + share * (_prices[step + 1] - _prices[step]);
    }

    /// <summary>The prices at the steps' ends of a minute, the first of them at its start.</summary>
    public ReadOnlySpan<double> Minute(Timestamp minute)
    {
        if (minute != _minute) MoveTo(minute);
        return _prices;
    }

    /// <summary>A Brownian bridge from the minute's start to its end; a jump takes a few seconds.</summary>
    private void MoveTo(Timestamp minute)
    {
        _minute = minute;
        MinuteState state = minutes[underlying, minute];
        SeededRandom chance = SeededRandom.Of(seed, Purpose.Steps + (ulong)underlying.Index, minute.Nanoseconds / Timestamp.NanosecondsPerMinute);
        int jumpStep = 1 + chance.NextBelow(Steps - JumpSteps);
        double walk = 0;
        for (int step = 1; step <= Steps; step++)
        {
            walk += chance.NextDouble() - 0.5;
            _prices[step] = walk;
        }
        double deviation = state.Volatility * StepDeviation;
        double slope = (state.To - state.From - state.Jump - deviation * walk) / Steps;
        double toCome = state.Jump;
        double start = underlying.Anchor * BitExact.Exp(state.From);
        _prices[0] = start;
        for (int step = 1; step <= Steps; step++)
        {
            if (step >= jumpStep) toCome *= JumpToCome;
            _prices[step] = start * BitExact.ExpOfSmall(deviation * _prices[step] + slope * step + (state.Jump - toCome));
        }
    }
}
