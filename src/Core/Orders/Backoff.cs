using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <summary>When something that failed is tried again: after 1 s, then after twice as long each time, at most after a minute, or 8 s where nobody has said no to it.</summary>
internal struct Backoff
{
    private const int MostDoublings = 6;
    private const int LongestSeconds = 60;
    private const int LongestUnsentSeconds = 8;

    private Timestamp _due;
    private byte _tries;
    private bool _isOn;
    private bool _isSet;

    /// <summary>It is to be tried until it is done.</summary>
    public readonly bool IsOn => _isOn;

    /// <summary>The next try is set, for <see cref="Due"/>.</summary>
    public readonly bool IsSet => _isSet;

    public readonly Timestamp Due => _due;

    public void Start() => _isOn = true;

    /// <summary>It is done, or not wanted any more.</summary>
    public void Clear() => this = default;

    /// <summary>Sets the next try and returns its time.</summary>
    /// <param name="wasSent">False where nothing left, so that nobody can have said no.</param>
    public Timestamp Set(Timestamp now, bool wasSent = true)
    {
        int seconds = Math.Min(wasSent ? LongestSeconds : LongestUnsentSeconds, 1 << Math.Min((int)_tries, MostDoublings));
        if (_tries <= MostDoublings) _tries++;
        return SetFor(now + TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Sets the next try for this time, and returns it.</summary>
    public Timestamp SetFor(Timestamp due)
    {
        _isOn = _isSet = true;
        return _due = due;
    }

    /// <summary>True when the next try is due; asking takes it.</summary>
    public bool TakeDue(Timestamp now)
    {
        if (!_isSet || now < _due) return false;
        _isSet = false;
        return true;
    }
}
