using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Portfolio;

/// <summary>Cash, net positions and equity of the account, changed only by fills. All instruments are in one currency.</summary>
public sealed class Account : ISnapshot
{
    private readonly Instrument[] _instruments;
    private readonly Position[] _positions;
    private readonly double[] _marks;
    private readonly double[] _unrealized;
    private readonly double[] _pointValues;
    private decimal _cash;
    private decimal _realizedPnl;
    private decimal _fees;
    private double _cashAsDouble;
    private double _equity;
    private double _peak;
    private double _maxDrawdown;
    private double _maxDrawdownRate;

    internal Account(IEnumerable<Instrument> instruments, decimal startingCash)
    {
        _instruments = [.. instruments];
        _positions = [.. _instruments.Select(_ => new Position())];
        _marks = [.. _instruments.Select(_ => double.NaN)];
        _unrealized = new double[_instruments.Length];
        _pointValues = [.. _instruments.Select(instrument => instrument.PointValueAsDouble)];
        StartingCash = _cash = startingCash;
        _cashAsDouble = _equity = _peak = (double)startingCash;
    }

    public decimal StartingCash { get; }

    /// <summary>Starting cash + realized profit − fees.</summary>
    public decimal Cash => _cash;

    /// <summary>Profit of everything closed so far, before fees.</summary>
    public decimal RealizedPnl => _realizedPnl;

    public decimal Fees => _fees;

    /// <summary>Cash and open profit at the last marks: the running estimate for statistics. Exact money is <see cref="ExactEquity"/>.</summary>
    public double Equity => _equity;

    /// <summary>Highest <see cref="Equity"/> so far.</summary>
    public double Peak => _peak;

    /// <summary>How far the equity is below its peak now, in money, 0 or more.</summary>
    public double Drawdown => _peak - _equity;

    /// <summary>Largest drawdown so far, in money.</summary>
    public double MaxDrawdown => _maxDrawdown;

    /// <summary>Largest drawdown so far as a fraction of the peak that it fell from.</summary>
    public double MaxDrawdownRate => _maxDrawdownRate;

    public Position PositionOf(int instrument) => _positions[instrument];

    /// <summary>Last price of the instrument; NaN before the first.</summary>
    public double MarkOf(int instrument) => _marks[instrument];

    /// <summary>Open profit of one instrument at its last mark, exact.</summary>
    public decimal UnrealizedPnlOf(int instrument)
    {
        Position position = _positions[instrument];
        if (position.IsFlat) return 0m;
        return position.UnrealizedPoints(_instruments[instrument].RoundToTick(_marks[instrument])) * _instruments[instrument].PointValue;
    }

    public decimal ExactEquity()
    {
        decimal equity = _cash;
        for (int i = 0; i < _positions.Length; i++) equity += UnrealizedPnlOf(i);
        return equity;
    }

    /// <summary>Values the instrument's position at a price and moves equity, peak and drawdown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Mark(int instrument, double price)
    {
        double equity = Value(instrument, price);
        if (equity > _peak) _peak = equity;
        else if (_peak - equity > _maxDrawdown) Deepen();
        else if (_peak - equity > _maxDrawdownRate * _peak) Deepen();
    }

    /// <summary>Books a fill of the account's net position; returns the realized money before fees.</summary>
    internal decimal Book(int instrument, decimal signedQuantity, decimal price, decimal fee)
    {
        decimal points = _positions[instrument].Apply(signedQuantity, price);
        decimal realized = 0m;
        if (points != 0m)
        {
            realized = points * _instruments[instrument].PointValue;
            _realizedPnl += realized;
            _cash += realized;
        }
        if (fee != 0m)
        {
            _fees += fee;
            _cash -= fee;
        }
        _cashAsDouble = (double)_cash;
        // The curve is marked by the market, not by our own fills: peak and drawdown wait for the next mark.
        if (!double.IsNaN(_marks[instrument])) Value(instrument, _marks[instrument]);
        return realized;
    }

    public void Sync(Snapshot stream)
    {
        stream.Section("account");
        foreach (Position position in _positions) position.Sync(stream);
        stream.Sync(_marks.AsSpan());
        stream.Sync(_unrealized.AsSpan());
        stream.Sync(ref _cash);
        stream.Sync(ref _realizedPnl);
        stream.Sync(ref _fees);
        stream.Sync(ref _cashAsDouble);
        stream.Sync(ref _equity);
        stream.Sync(ref _peak);
        stream.Sync(ref _maxDrawdown);
        stream.Sync(ref _maxDrawdownRate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Value(int instrument, double price)
    {
        _marks[instrument] = price;
        double open = _positions[instrument].UnrealizedPoints(price) * _pointValues[instrument];
        _unrealized[instrument] = open;
        return _equity = _unrealized.Length == 1 ? _cashAsDouble + open : Sum();
    }

    private double Sum()
    {
        double equity = _cashAsDouble;
        foreach (double open in _unrealized) equity += open;
        return equity;
    }

    private void Deepen()
    {
        double drawdown = _peak - _equity;
        _maxDrawdown = Math.Max(_maxDrawdown, drawdown);
        if (_peak > 0) _maxDrawdownRate = Math.Max(_maxDrawdownRate, drawdown / _peak);
    }
}
