using System.Diagnostics.CodeAnalysis;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Core.Risk;

/// <summary>An order that is not approved yet.</summary>
/// <param name="InstrumentIndex">Index of the instrument in the engine.</param>
/// <param name="ReferencePrice">Limit or stop price where there is one, otherwise the last price; above 0 unless the instrument trades below.</param>
/// <param name="PositionBefore">The account's signed position.</param>
/// <param name="WorkingBuys">Units that working orders could still buy at most, those in doubt among them, this order not counted.</param>
/// <param name="WorkingSells">Units that working orders could still sell at most, those in doubt among them, this order not counted.</param>
public readonly record struct OrderDraft(
    int InstrumentIndex, Instrument Instrument, in OrderTerms Terms, double ReferencePrice, decimal PositionBefore, decimal WorkingBuys, decimal WorkingSells)
{
    private readonly OrderTerms _terms = Terms;

    internal OrderDraft(
        int instrumentIndex, Instrument instrument, in OrderTerms terms, double referencePrice, decimal positionBefore, decimal workingBuys, decimal workingSells,
        bool hasDoubt, OwnEffect own, double expectedPrice)
        : this(instrumentIndex, instrument, in terms, referencePrice, positionBefore, workingBuys, workingSells)
    {
        HasDoubt = hasDoubt;
        Own = own;
        ExpectedPrice = expectedPrice;
    }

    public OrderTerms Terms { get => _terms; init => _terms = value; }

    /// <summary>The same without a copy of all of them, for which the processor waits right after they were written.</summary>
    [UnscopedRef]
    internal ref readonly OrderTerms ExactTerms => ref _terms;

    /// <summary>An order of the instrument is in doubt: what the account will hold is not known.</summary>
    public bool HasDoubt { get; init; }

    /// <summary>The last price when what it is for was decided on first; the order may have had to wait since then.</summary>
    public double ExpectedPrice { get => field == 0 ? ReferencePrice : field; init; }

    public decimal PositionAfter => PositionBefore.IsZero ? _terms.SignedQuantity : _terms.Side == Side.Buy ? PositionBefore + _terms.Quantity : PositionBefore - _terms.Quantity;

    /// <summary>The largest absolute position that this order and all working ones on its side could lead to.</summary>
    public decimal WorstPosition => Math.Abs(Furthest);

    /// <summary>The signed position once this order and all working ones on its side are filled.</summary>
    private decimal Furthest
    {
        get
        {
            decimal after = PositionAfter;
            if (_terms.Side == Side.Buy) return WorkingBuys.IsZero ? after : after + WorkingBuys;
            return WorkingSells.IsZero ? after : after - WorkingSells;
        }
    }

    /// <summary>What it does to the positions of the strategies that it is for, where those are not the account's.</summary>
    internal OwnEffect Own { get; init; }

    /// <summary>True for an order that can only bring the positions of the strategies that it is for nearer to flat, whatever fills. What others hold on the account does not count.</summary>
    public bool OnlyReduces => Own == OwnEffect.AsOfAccount ? ReducesAccount : Own == OwnEffect.Reduces;

    /// <summary>True for an order that can only bring the account's position nearer to flat, whatever fills.</summary>
    internal bool ReducesAccount
    {
        get
        {
            bool isLong = PositionBefore.IsAboveZero;
            if (PositionBefore.IsZero || isLong == (_terms.Side == Side.Buy)) return false;
            return isLong ? !Furthest.IsBelowZero : !Furthest.IsAboveZero;
        }
    }
}

/// <summary>What an order does to the positions of the strategies that it is for.</summary>
internal enum OwnEffect : byte
{
    /// <summary>One strategy holds what the account holds.</summary>
    AsOfAccount = 0,

    /// <summary>Each comes nearer to flat.</summary>
    Reduces = 1,

    /// <summary>Some position begins, grows or changes its side.</summary>
    Opens = 2,
}

/// <summary>What rules may look at.</summary>
public interface IRiskView
{
    /// <summary>Time of the input being processed.</summary>
    Timestamp Now { get; }

    int InstrumentCount { get; }

    decimal Cash { get; }

    /// <summary>Account equity at the last marks.</summary>
    double Equity { get; }

    /// <summary>Highest equity so far.</summary>
    double PeakEquity { get; }

    Instrument Instrument(int index);

    /// <summary>The account's signed position.</summary>
    decimal Position(int index);

    /// <summary>Last price; NaN before the first.</summary>
    double Mark(int index);

    /// <summary>Where an order of this side would fill: the best ask for a buy, the best bid for a sell; the last price where there is no quote.</summary>
    double Touch(int index, Side side);

    /// <summary>When the instrument's market data last said anything; <see cref="Timestamp.MinValue"/> before.</summary>
    Timestamp LastMarketData(int index);

    /// <summary>Until when no new risk is taken because the venue said that the instrument does not trade; the past otherwise.</summary>
    Timestamp HaltedUntil(int index);

    /// <summary>True while the feed says that its data cannot be trusted.</summary>
    bool IsFeedDown(int index);

    /// <summary>The largest absolute position that the working orders could lead to.</summary>
    decimal WorstPosition(int index);
}

/// <summary>One check before an order leaves. It sees every order; a rule that throws denies.</summary>
public interface IRiskRule : ISnapshot
{
    /// <summary>Stable name for people, stores and metrics: <c>position-limit</c>.</summary>
    string Name { get; }

    /// <summary>False for rules that an order which only reduces a position always passes. Asked once, as the name is.</summary>
    bool ChecksReductions { get; }

    /// <summary>True for rules that count what is sent: they are not asked again about an order that they counted.</summary>
    bool CountsOrders => false;

    RiskDecision Check(in OrderDraft draft, IRiskView view);

    /// <summary>Told of each order that all rules let pass; for rules that count.</summary>
    void OnApproved(in OrderDraft draft, IRiskView view)
    {
    }

    /// <summary>Told of each approved order of which nothing left, so that it does not count; its <see cref="Order.Created"/> is when it was approved.</summary>
    void OnNotSent(Order order)
    {
    }

    void ISnapshot.Sync(Snapshot stream)
    {
    }
}
