namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>How long a symbol has been silent, and how long it may be: a multiple of its own longest natural pause lately.</summary>
internal sealed class SilenceWatch(LivenessOptions options, TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private long _lastHeard = time.GetTimestamp();
    private long _lastProof = long.MinValue;
    private long _memoryStart = time.GetTimestamp();
    private TimeSpan _longest;
    private TimeSpan _longestBefore;

    public TimeSpan Threshold
    {
        get
        {
            TimeSpan natural = (_longest > _longestBefore ? _longest : _longestBefore) * options.PauseFactor;
            return natural < options.Floor ? options.Floor : natural > options.Ceiling ? options.Ceiling : natural;
        }
    }

    public TimeSpan Age(long now) => time.GetElapsedTime(_lastHeard, now);

    /// <summary>The history has shown, during the present silence, that it is the market's.</summary>
    public bool IsProven => _lastProof > _lastHeard;

    /// <summary>Silent for too long since the last payload or proof.</summary>
    public bool IsDoubtful(long now) => time.GetElapsedTime(Math.Max(_lastHeard, _lastProof), now) >= Threshold;

    /// <summary>A payload came in the course of a healthy stream: the pause before it was natural.</summary>
    public void Heard(long at)
    {
        Learn(Age(at), at);
        _lastHeard = at;
    }

    /// <summary>Starts anew without learning: the silence until here was a loss.</summary>
    public void Restart(long at) => _lastHeard = at;

    /// <summary>The history has shown that nothing was traded: the pause is natural.</summary>
    public void Prove(long at)
    {
        Learn(Age(at), at);
        _lastProof = at;
    }

    private void Learn(TimeSpan pause, long at)
    {
        if (time.GetElapsedTime(_memoryStart, at) >= Memory)
        {
            _longestBefore = _longest;
            _longest = TimeSpan.Zero;
            _memoryStart = at;
        }
        if (pause > _longest) _longest = pause;
    }
}
