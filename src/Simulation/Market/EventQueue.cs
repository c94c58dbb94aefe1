namespace Tradewind.Simulation.Market;

/// <summary>What one arrival in the market brought about, waiting to be taken; all of it has the same time.</summary>
internal sealed class EventQueue
{
    private MarketEvent[] _events = new MarketEvent[64];
    private int _read;
    private int _count;

    public void Add(in MarketEvent marketEvent)
    {
        if (_count == _events.Length) Array.Resize(ref _events, 2 * _count);
        _events[_count++] = marketEvent;
    }

    public bool TryTake(out MarketEvent marketEvent)
    {
        if (_read < _count)
        {
            marketEvent = _events[_read++];
            return true;
        }
        Clear();
        marketEvent = default;
        return false;
    }

    public void Clear()
    {
        _read = 0;
        _count = 0;
    }
}
