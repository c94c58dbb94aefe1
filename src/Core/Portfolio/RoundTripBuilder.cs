using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Portfolio;

/// <summary>Collects the fills of one strategy in one instrument into round trips.</summary>
internal sealed class RoundTripBuilder : ISnapshot
{
    private Progress _progress;

    /// <summary>The last ones; null where nobody looks at them.</summary>
    public TradeResults? Results { get; set; }

    /// <summary>When the one in progress began; the default where there is none.</summary>
    public Timestamp Entered => _progress.Entered;

    /// <summary>Books a fill that changed the position from <paramref name="before"/> to <paramref name="after"/>, which differ by <paramref name="signedQuantity"/>; true when that closed a round trip.</summary>
    /// <param name="grossPnl">What the fill realized, in money.</param>
    public bool Add(int strategy, Timestamp time, in decimal before, in decimal after, in decimal signedQuantity, in decimal price, in decimal fee, in decimal grossPnl, out RoundTrip closed)
    {
        bool opens = before.IsZero || before.IsAboveZero == signedQuantity.IsAboveZero;
        if (opens)
        {
            Enter(time, signedQuantity, price, fee);
            closed = default;
            return false;
        }
        bool reverses = !after.IsZero && after.IsAboveZero != before.IsAboveZero;
        decimal closing = reverses ? Math.Abs(before) : Math.Abs(signedQuantity);
        decimal closingFee = reverses ? decimal.Round(fee * closing / Math.Abs(signedQuantity), Position.ShareDecimals) : fee;
        AmountSums.Add(ref _progress.ExitValue, closing * price);
        AmountSums.Add(ref _progress.GrossPnl, in grossPnl);
        AmountSums.Add(ref _progress.Fees, in closingFee);
        if (!after.IsZero && !reverses)
        {
            closed = default;
            return false;
        }
        closed = new(strategy, _progress.Entered, time, before.IsAboveZero ? Side.Buy : Side.Sell, _progress.EntryQuantity,
            _progress.EntryValue, _progress.ExitValue, _progress.GrossPnl, _progress.Fees);
        Results?.Add(in closed);
        _progress = default;
        if (reverses) Enter(time, after, price, fee - closingFee);
        return true;
    }

    /// <summary>Null where none is in progress.</summary>
    public CarriedRoundTrip? Leave() => _progress.EntryQuantity.IsZero
        ? null
        : new(_progress.Entered, _progress.EntryQuantity, _progress.EntryValue, _progress.ExitValue, _progress.GrossPnl, _progress.Fees);

    public void Take(CarriedRoundTrip left) => _progress = new()
    {
        Entered = left.Entered,
        EntryQuantity = left.EntryQuantity,
        EntryValue = left.EntryValue,
        ExitValue = left.ExitValue,
        GrossPnl = left.GrossPnl,
        Fees = left.Fees,
    };

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _progress);
        Results?.Sync(stream);
    }

    private void Enter(Timestamp time, in decimal signedQuantity, in decimal price, in decimal fee)
    {
        decimal quantity = Math.Abs(signedQuantity);
        if (_progress.EntryQuantity.IsZero)
        {
            _progress.Entered = time;
            _progress.EntryQuantity = quantity;
            _progress.EntryValue = quantity * price;
            _progress.Fees = fee;
            return;
        }
        _progress.EntryQuantity += quantity;
        _progress.EntryValue += quantity * price;
        _progress.Fees += fee;
    }

    private struct Progress
    {
        public Timestamp Entered;
        public decimal EntryQuantity;
        public decimal EntryValue;
        public decimal ExitValue;
        public decimal GrossPnl;
        public decimal Fees;
    }
}
