using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <summary>
/// When what closes or protects, and never left, is tried again. The venue has said nothing against it, so that it follows soon: after a quarter of a second, then after twice as long
/// each time, at most after two seconds. Part of a snapshot, bit by bit.
/// </summary>
internal struct UnsentPause
{
    private const byte MostDoublings = 3;

    /// <summary>Of the tries that follow one another at the longest pause, each so-and-so-many-th is told.</summary>
    private const byte ToldEach = 8;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    private Timestamp _due;
    private byte _tries;
    private bool _isSet;

    /// <summary>The next try is set, for <see cref="Due"/>.</summary>
    public readonly bool IsSet => _isSet;

    public readonly Timestamp Due => _due;

    /// <summary>Whether people are to hear of the try that failed last: of the first ones, then ever more rarely.</summary>
    public readonly bool IsTold => _tries <= MostDoublings + 1 || _tries % ToldEach == 1;

    /// <summary>The next try is not due.</summary>
    public readonly bool Holds(Timestamp now) => _isSet && now < _due;

    /// <param name="limit">How long a position may stand without a stop: the pauses stay within it.</param>
    /// <returns>How long it waits.</returns>
    public TimeSpan Set(Timestamp now, TimeSpan limit)
    {
        TimeSpan first = limit / 8 < First ? limit / 8 : First;
        TimeSpan pause = first * (1 << Math.Min(_tries, MostDoublings));
        _tries = (byte)(_tries == byte.MaxValue ? byte.MaxValue + 1 - ToldEach : _tries + 1);
        (_due, _isSet) = (now + pause, true);
        return pause;
    }

    /// <summary>The try that was due is made; the next pause is longer still.</summary>
    public void Take() => _isSet = false;

    /// <summary>It left, or is not wanted any more.</summary>
    public void Clear() => this = default;
}
