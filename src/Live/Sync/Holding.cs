using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>What the account holds of one instrument: by the executions that the engine booked, and by the venue's word.</summary>
internal sealed class Holding(int instrument)
{
    private const int Remembered = 64;

    private readonly (decimal Net, long Sequence, Timestamp Until)[] _before = new (decimal, long, Timestamp)[Remembered];
    private int _count;

    public int Instrument { get; } = instrument;

    /// <summary>Signed units that the engine knows of, of strategies and others.</summary>
    public decimal Net { get; private set; }

    /// <summary>Of what is held; of what was held last while flat; 0 before anything was.</summary>
    public decimal AveragePrice { get; private set; }

    public decimal LastPrice { get; private set; }

    /// <summary>When <see cref="Net"/> changed last.</summary>
    public Timestamp ChangedAt { get; private set; } = Timestamp.MinValue;

    /// <summary>The venue's word, and no execution explains it.</summary>
    public bool Differs { get; set; }

    public Timestamp DiffersSince { get; set; }

    public VenuePosition Reported { get; set; }

    /// <summary>No row of the venue has the instrument.</summary>
    public bool IsReportedByAbsence { get; set; }

    /// <summary>When the difference is looked into, unless it is gone by then; <see cref="Timestamp.MaxValue"/> once it is.</summary>
    public Timestamp CheckAt { get; set; } = Timestamp.MaxValue;

    /// <summary>Reports that all say <see cref="Reported"/>, none with an execution in between.</summary>
    public Proof Agreeing { get; set; }

    public void Start(decimal net, decimal averagePrice)
    {
        Net = net;
        AveragePrice = LastPrice = averagePrice;
    }

    public void Apply(decimal signed, decimal price, long sequence, Timestamp now)
    {
        _before[_count++ % Remembered] = (Net, sequence, now);
        decimal after = Net + signed;
        if (Net == 0m || Math.Sign(Net) == Math.Sign(signed)) AveragePrice = after == 0m ? price : (Net * AveragePrice + signed * price) / after;
        else if (Math.Sign(after) == Math.Sign(signed)) AveragePrice = price;
        Net = after;
        LastPrice = price;
        ChangedAt = now;
    }

    /// <summary>Whether it was held at the count, or at any time since.</summary>
    public bool HeldSince(decimal quantity, long sequence)
    {
        if (quantity == Net) return true;
        for (int i = Math.Max(0, _count - Remembered); i < _count; i++)
        {
            ref (decimal Net, long Sequence, Timestamp Until) each = ref _before[i % Remembered];
            if (each.Sequence > sequence && each.Net == quantity) return true;
        }
        return false;
    }

    /// <summary>Whether it was held at the instant, or at any time since.</summary>
    public bool HeldSince(decimal quantity, Timestamp since)
    {
        if (quantity == Net) return true;
        for (int i = Math.Max(0, _count - Remembered); i < _count; i++)
        {
            ref (decimal Net, long Sequence, Timestamp Until) each = ref _before[i % Remembered];
            if (each.Until >= since && each.Net == quantity) return true;
        }
        return false;
    }
}
