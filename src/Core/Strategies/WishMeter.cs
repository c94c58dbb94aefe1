using Tradewind.Core.Model;

namespace Tradewind.Core.Strategies;

/// <summary>Counts how many wishes a strategy hands over at one instant and within a second, by the time of the inputs.</summary>
internal struct WishMeter
{
    public const int MostAtOnce = 100;
    public const int MostInASecond = 1000;

    private long _instant;
    private long _second;
    private int _atOnce;
    private int _inSecond;

    /// <exception cref="StrategyFloodException">It is too many.</exception>
    public void Count(Timestamp now, string name)
    {
        long second = now.Nanoseconds / Timestamp.NanosecondsPerSecond;
        _atOnce = now.Nanoseconds == _instant ? _atOnce + 1 : 1;
        _inSecond = second == _second ? _inSecond + 1 : 1;
        (_instant, _second) = (now.Nanoseconds, second);
        if (_atOnce > MostAtOnce) throw new StrategyFloodException($"{name}: more than {MostAtOnce} wishes at one instant.");
        if (_inSecond > MostInASecond) throw new StrategyFloodException($"{name}: more than {MostInASecond} wishes within a second.");
    }
}

/// <summary>A strategy wishes more than anything could follow.</summary>
internal sealed class StrategyFloodException(string message) : Exception(message);
