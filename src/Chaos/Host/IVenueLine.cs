using Tradewind.Chaos.Net;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Chaos.Host;

/// <summary>What stands between one life of the program and the venue: the synchroniser, and what carries its questions, the program's orders and the venue's stream.</summary>
internal interface IVenueLine : IStreamReader, IDisposable
{
    /// <summary>Begins; the stream may come up at once or later.</summary>
    void Start();

    /// <summary>The stream is wanted, and would be read.</summary>
    bool IsOpen { get; }

    /// <summary>Something that the engine is to be told.</summary>
    bool TryTake(out Input told);

    /// <summary>Does one thing that waits to be done; false when there is none.</summary>
    bool GoOn();

    /// <summary>Nothing waits to be done any more.</summary>
    void Rest();

    /// <summary>The engine has come to this instant.</summary>
    void OnTime(Timestamp now);

    /// <summary>Something of the instrument is on its way, and what follows has to wait.</summary>
    bool IsBusy(int instrument);

    void Submit(Order order);

    void Cancel(Order order);

    void Modify(Order order, in OrderTerms terms);

    /// <summary>Signed units that the account holds, as far as the venue has told.</summary>
    decimal Held(int instrument);
}
