namespace Tradewind.Simulation.Tests.Market;

/// <summary>The stylised facts of one market, measured.</summary>
internal sealed record Facts
{
    public required int Minutes { get; init; }

    public required double Kurtosis { get; init; }

    public required double KurtosisOfFiveMinutes { get; init; }

    public required double KurtosisOfThirtyMinutes { get; init; }

    public required double[] ReturnsAutocorrelation { get; init; }

    /// <summary>At the lags 1 to 50, first of them at index 0.</summary>
    public required double[] AbsoluteAutocorrelation { get; init; }

    /// <summary>Standard deviation of returns in the regular hours over that in the others.</summary>
    public required double DayOverNight { get; init; }

    public required double OpenVolume { get; init; }

    public required double MiddayVolume { get; init; }

    public required double CloseVolume { get; init; }

    public required double NightVolume { get; init; }

    public required double VolumeWithMove { get; init; }

    /// <summary>Mean of ln(high / low) over the standard deviation of returns, both of the regular hours.</summary>
    public required double RangeOverDeviation { get; init; }

    public static Facts Of(MinuteSeries market)
    {
        double[] returns = market.Returns();
        double[] moves = [.. returns.Select(Math.Abs)];
        MinuteSeries regular = market.RegularHours;
        double regularDeviation = Math.Sqrt(Moments.Variance(regular.Returns()));
        double usual = market.MeanVolume(930, 1600);
        return new()
        {
            Minutes = market.Bars.Count,
            Kurtosis = Moments.ExcessKurtosis(returns),
            KurtosisOfFiveMinutes = Moments.ExcessKurtosis(market.Returns(5)),
            KurtosisOfThirtyMinutes = Moments.ExcessKurtosis(market.Returns(30)),
            ReturnsAutocorrelation = [.. Enumerable.Range(1, 20).Select(lag => Moments.Autocorrelation(returns, lag))],
            AbsoluteAutocorrelation = [.. Enumerable.Range(1, 50).Select(lag => Moments.Autocorrelation(moves, lag))],
            DayOverNight = regularDeviation / Math.Sqrt(Moments.Variance(market.OtherHours.Returns())),
            OpenVolume = market.MeanVolume(930, 1000) / usual,
            MiddayVolume = market.MeanVolume(1200, 1330) / usual,
            CloseVolume = market.MeanVolume(1530, 1600) / usual,
            NightVolume = market.MeanVolume(0, 800) / usual,
            VolumeWithMove = Moments.Correlation([.. regular.Returns().Select(Math.Abs)], regular.Volumes()),
            RangeOverDeviation = regular.Bars.Average(bar => Math.Log(bar.High / bar.Low)) / regularDeviation,
        };
    }
}
