using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <content>What the venue refused to do with an order that works.</content>
public sealed partial class Order
{
    /// <summary>It refused to cancel or to modify it: it is to be looked at again.</summary>
    internal bool IsAskedAgain => Has(OrderMarks.AskAgain);

    /// <summary>The next request for it goes out not before this instant.</summary>
    internal Timestamp AskAgainAt => _askAgainAt;

    /// <summary>It refused to modify it, once.</summary>
    internal bool IsModifyRefused => Has(OrderMarks.ModifyRefused);

    /// <summary>The modification asked for last never left.</summary>
    internal bool IsModifyUnsent => Has(OrderMarks.ModifyUnsent);

    /// <summary>It is not modified any more, because the venue refused to.</summary>
    internal bool IsFixed => Has(OrderMarks.Fixed);

    internal void AskLater(Timestamp time) => (_marks, _askAgainAt) = (_marks | OrderMarks.AskAgain, time);

    /// <summary>It is not modified any more, and its cancel waits for nothing.</summary>
    internal void Fix() => (_marks, _askAgainAt) = (_marks | OrderMarks.Fixed, default);
}
