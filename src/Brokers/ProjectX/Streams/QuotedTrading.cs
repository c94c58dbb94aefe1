namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>Notices a dead trade channel beside a living quote channel: the quotes' volume rises again and again and no trade comes.</summary>
internal sealed class QuotedTrading(TimeSpan patience, TimeProvider time)
{
    private const int Often = 10;

    private double _volume = double.NaN;
    private int _rises;
    private long _firstRise;

    /// <param name="volume">The session's volume; NaN when the quote did not tell.</param>
    public void Quoted(double volume, long at)
    {
        if (volume > _volume && _rises++ == 0) _firstRise = at;
        if (!double.IsNaN(volume)) _volume = volume;
    }

    /// <summary>A trade came.</summary>
    public void Reset() => _rises = 0;

    public bool IsSuspicious(long now) => _rises >= Often && time.GetElapsedTime(_firstRise, now) >= patience;
}
