using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Portfolio;

/// <summary>Cash, net positions and equity of the account, changed only by fills. All instruments are in one currency.</summary>
public sealed class Account : ISnapshot
{
    private readonly Holding[] _holdings;
    private decimal _startingCash;
    private decimal _cash;
    private decimal _realizedPnl;
    private decimal _fees;
    private double _cashAsDouble;
    private double _equity;
    private Drawdown _drawdown;

    internal Account(IEnumerable<Instrument> instruments, decimal startingCash)
    {
        _holdings = [.. instruments.Select(instrument => new Holding(instrument))];
        _startingCash = _cash = startingCash;
        _cashAsDouble = _equity = (double)startingCash;
        _drawdown = new(_equity);
    }

    public decimal StartingCash => _startingCash;

    /// <summary>Starting cash + realized profit − fees.</summary>
    public decimal Cash => _cash;

    /// <summary>Profit of everything closed so far, before fees.</summary>
    public decimal RealizedPnl => _realizedPnl;

    public decimal Fees => _fees;

    /// <summary>Cash and open profit at the last marks: the running estimate for statistics. Exact money is <see cref="ExactEquity"/>.</summary>
    public double Equity => _equity;

    /// <summary>Highest <see cref="Equity"/> so far.</summary>
    public double Peak => _drawdown.Peak;

    /// <summary>How far the equity is below its peak now, in money, 0 or more.</summary>
    public double Drawdown => _drawdown.Peak - _equity;

    /// <summary>Largest drawdown so far, in money.</summary>
    public double MaxDrawdown => _drawdown.Max;

    /// <summary>Largest drawdown so far as a fraction of the peak that it fell from.</summary>
    public double MaxDrawdownRate => _drawdown.MaxRate;

    public Position PositionOf(int instrument) => _holdings[instrument].Position;

    /// <summary>Open profit of one instrument at its last mark, exact; 0 before the first, when what is held may be known from the venue already.</summary>
    public decimal UnrealizedPnlOf(int instrument)
    {
        Holding holding = _holdings[instrument];
        if (holding.Position.IsFlat || double.IsNaN(holding.Mark)) return 0m;
        return holding.Position.UnrealizedPoints(holding.Instrument.RoundToTick(holding.Mark)) * holding.Instrument.PointValue;
    }

    public decimal ExactEquity()
    {
        decimal equity = _cash;
        for (int i = 0; i < _holdings.Length; i++) equity += UnrealizedPnlOf(i);
        return equity;
    }

    internal Holding HoldingOf(int instrument) => _holdings[instrument];

    /// <summary>Values the instrument's position at a price and moves equity, peak and drawdown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Mark(Holding holding, double price) => _drawdown.Mark(Value(holding, price));

    /// <summary>Books a fill of the account's net position; returns the realized money before fees.</summary>
    internal decimal Book(int instrument, in decimal signedQuantity, in decimal price, in decimal fee)
    {
        Holding holding = _holdings[instrument];
        decimal points = holding.Position.Apply(signedQuantity, price);
        decimal realized = 0m;
        if (!points.IsZero)
        {
            realized = points * holding.Instrument.PointValue;
            AmountSums.Add(ref _realizedPnl, in realized);
            AmountSums.Add(ref _cash, in realized);
        }
        if (!fee.IsZero)
        {
            AmountSums.Add(ref _fees, in fee);
            AmountSums.Subtract(ref _cash, in fee);
        }
        _cashAsDouble = (double)_cash;
        // The curve is marked by the market, not by our own fills: peak and drawdown wait for the next mark.
        if (!double.IsNaN(holding.Mark)) Value(holding, holding.Mark);
        return realized;
    }

    internal CarriedAccount Leave() => new(_startingCash, _cash, _realizedPnl, _fees, Peak, MaxDrawdown, MaxDrawdownRate);

    internal void Take(CarriedAccount left)
    {
        (_startingCash, _cash, _realizedPnl, _fees) = (left.StartingCash, left.Cash, left.RealizedPnl, left.Fees);
        _drawdown = Portfolio.Drawdown.From(left.Peak, left.MaxDrawdown, left.MaxDrawdownRate);
        _cashAsDouble = _equity = (double)_cash;
    }

    internal void Take(Holding holding, in decimal quantity, in decimal cost, double mark)
    {
        holding.Position.Take(quantity, cost);
        if (!double.IsNaN(mark)) Value(holding, mark);
    }

    public void Sync(Snapshot stream)
    {
        stream.Section("account");
        foreach (Holding holding in _holdings) holding.Sync(stream);
        stream.Sync(ref _startingCash);
        stream.Sync(ref _cash);
        stream.Sync(ref _realizedPnl);
        stream.Sync(ref _fees);
        stream.Sync(ref _cashAsDouble);
        stream.Sync(ref _equity);
        _drawdown.Sync(stream);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Value(Holding holding, double price)
    {
        double open = holding.Value(price);
        return _equity = _holdings.Length == 1 ? _cashAsDouble + open : Sum();
    }

    private double Sum()
    {
        double equity = _cashAsDouble;
        foreach (Holding holding in _holdings) equity += holding.Unrealized;
        return equity;
    }

}
