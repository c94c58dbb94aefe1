namespace Tradewind.Gateway.Control;

/// <summary>Counts one kind of hub event of one contract. Written by the market's thread and by every connection's, read by anybody.</summary>
internal sealed class EventCount
{
    private long _published;
    private long _publishedEntries;
    private long _sent;
    private long _sentEntries;

    public void Publish(int entries)
    {
        Interlocked.Increment(ref _published);
        Interlocked.Add(ref _publishedEntries, entries);
    }

    public void Send(int entries)
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _sentEntries, entries);
    }

    public EventTotals Read() => new(Interlocked.Read(ref _published), Interlocked.Read(ref _publishedEntries), Interlocked.Read(ref _sent), Interlocked.Read(ref _sentEntries));
}

/// <param name="Published">Events that the market made, whoever listened; first full quotes and books for new subscribers are not among them.</param>
/// <param name="PublishedEntries">Trades or depth entries in them; for quotes the same number.</param>
/// <param name="Sent">Messages handed to the network, all connections together.</param>
/// <param name="SentEntries">Trades, depth entries or quotes in them.</param>
public sealed record EventTotals(long Published, long PublishedEntries, long Sent, long SentEntries);
