using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <summary>Opens when a broker refuses the same order for the same reason three times: from then on one probe a minute is sent, until one is not refused.</summary>
internal struct RejectCircuit
{
    private const int MostAlike = 3;
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMinutes(1);

    private ulong _last;
    private byte _alike;
    private Timestamp _probeAt;

    public readonly bool IsOpen => _alike >= MostAlike;

    /// <summary>When the next order may be sent, while it is open.</summary>
    public readonly Timestamp ProbeAt => _probeAt;

    public readonly bool Lets(Timestamp now) => _alike < MostAlike || now >= _probeAt;

    /// <summary>An order is being sent; while it is open that is the probe.</summary>
    public void OnSent(Timestamp now)
    {
        if (IsOpen) _probeAt = now + ProbeInterval;
    }

    /// <summary>What was sent never left: it was no probe.</summary>
    public void OnNotSent(Timestamp again)
    {
        if (IsOpen) _probeAt = again;
    }

    /// <summary>True when this refusal opens it.</summary>
    public bool OnRejected(in OrderTerms terms, string? reason, Timestamp now)
    {
        bool wasOpen = IsOpen;
        ulong alike = Hash(in terms, reason);
        if (!wasOpen) _alike = alike == _last ? (byte)(_alike + 1) : (byte)1;
        _last = alike;
        if (IsOpen) _probeAt = now + ProbeInterval;
        return IsOpen && !wasOpen;
    }

    /// <summary>An order was filled, or ended otherwise than by a refusal.</summary>
    public void OnTaken()
    {
        if (_alike != 0) this = default;
    }

    private static ulong Hash(in OrderTerms terms, string? reason)
    {
        var hash = new StateHash((ulong)terms.Side << 24 | (ulong)terms.Type << 16 | (ulong)terms.TimeInForce << 8 | (ulong)terms.Purpose);
        hash.Fold((double)terms.Quantity);
        hash.Fold((double)terms.LimitPrice);
        hash.Fold((double)terms.StopPrice);
        // Numbers in the reason (an id, a time) make no other reason of it.
        foreach (char letter in reason ?? "")
        {
            if (!char.IsAsciiDigit(letter)) hash.Fold(letter);
        }
        return hash.Value;
    }
}
