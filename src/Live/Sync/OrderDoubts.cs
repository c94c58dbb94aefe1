using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>What is being found out about one order by looking it up.</summary>
internal sealed class OrderDoubts
{
    /// <summary>When it is to be looked up next; <see cref="Timestamp.MaxValue"/> when there is no need.</summary>
    public Timestamp LookAt { get; set; } = Timestamp.MaxValue;

    public bool IsLooking { get; set; }

    public bool IsListed { get; set; }

    /// <summary>Look-ups since the doubt arose, without those that failed.</summary>
    public int Tries { get; set; }

    public Timestamp Since { get; set; }

    /// <summary>A list of open orders did not have it.</summary>
    public bool IsMissing { get; set; }

    /// <summary>Lists of open orders, one after another, that did not have it.</summary>
    public int Omissions { get; set; }

    /// <summary>It works at the venue although it is over in the engine's eyes, or a second order has its client id.</summary>
    public bool IsSuspect { get; set; }

    public Proof NotFound { get; set; }

    public Proof NotListed { get; set; }

    public Proof Stray { get; set; }

    public bool IsCancelingStray { get; set; }

    /// <summary>When it was looked up last; null before the first time.</summary>
    public Timestamp? LookedAt { get; set; }

    public void ForgetAbsence()
    {
        NotFound = default;
        NotListed = default;
    }
}
