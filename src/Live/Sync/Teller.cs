using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Live.Sync;

/// <summary>Says to the engine what became of orders and account, in the order in which it is said.</summary>
internal sealed class Teller(SyncMoment moment)
{
    /// <summary>What was said once and needs no repetition.</summary>
    private const int MaxNoticed = 10_000;

    private readonly Queue<Input> _inputs = new();
    private readonly HashSet<string> _noticed = new(StringComparer.Ordinal);

    public bool TryTake(out Input input) => _inputs.TryDequeue(out input);

    public void Order(BrokerEventKind kind, OrderId order, string? text) => _inputs.Enqueue(new(moment.Now, new BrokerEvent(kind, order), text));

    public void Moved(OrderId order, decimal stopPrice) => _inputs.Enqueue(new(moment.Now, new BrokerEvent(BrokerEventKind.StopMoved, order, Price: stopPrice)));

    public void Fill(BrokerEventKind kind, OrderId order, in Execution execution) =>
        _inputs.Enqueue(new(moment.Now, new BrokerEvent(kind, order, execution.Id, Math.Abs(execution.Quantity), execution.Price, execution.Fee)));

    public void Account(AccountEventKind kind, string? text) => _inputs.Enqueue(new(-1, moment.Now, new AccountEvent(kind), text));

    public void Account(int instrument, in AccountEvent told, string? text) => _inputs.Enqueue(new(instrument, moment.Now, in told, text));

    public void Notice(int instrument, string text) => _inputs.Enqueue(new(instrument, moment.Now, new AccountEvent(AccountEventKind.Notice), text));

    /// <summary>Says it the first time only.</summary>
    /// <param name="subject">What the notice is about: the same subject is not mentioned again.</param>
    public void NoticeOnce(string subject, int instrument, string text)
    {
        if (_noticed.Count >= MaxNoticed) _noticed.Clear();
        if (_noticed.Add(subject)) Notice(instrument, text);
    }
}
