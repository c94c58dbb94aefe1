using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>What is being found out about units that rows of an order call filled and no list of executions has.</summary>
internal sealed class OrderClaim
{
    /// <summary>Look-ups asked for at this time or later judge the claim; <see cref="Timestamp.MaxValue"/> while there is nothing to judge.</summary>
    public Timestamp JudgedFrom { get; private set; } = Timestamp.MaxValue;

    public bool IsJudged => JudgedFrom != Timestamp.MaxValue;

    /// <summary>Look-ups that call less filled.</summary>
    public Proof Denied { get; set; }

    /// <summary>Look-ups that do not have the order.</summary>
    public Proof Unseen { get; set; }

    public void Judge(Timestamp now)
    {
        Forget();
        JudgedFrom = now;
    }

    public void Forget()
    {
        JudgedFrom = Timestamp.MaxValue;
        Denied = Unseen = default;
    }
}
