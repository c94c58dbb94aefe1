using System.Globalization;

namespace Tradewind.Core.Risk;

/// <summary>What a rule does with an order.</summary>
public enum RiskOutcome : byte
{
    Approve = 0,

    /// <summary>Approved for a smaller quantity.</summary>
    Reduce = 1,
    Deny = 2,
}

/// <summary>Why an order was cut or denied; the numbers are stored and never change.</summary>
public enum RiskCode : byte
{
    None = 0,
    OrderQuantity = 1,
    PositionLimit = 2,
    Exposure = 3,
    OrderRate = 4,
    StaleData = 5,
    Drawdown = 6,
    BuyingPower = 7,

    /// <summary>The operator paused trading: only reductions pass.</summary>
    Paused = 8,

    /// <summary>The rule itself failed; what cannot be checked is denied.</summary>
    RuleFailed = 9,

    /// <summary>No price is known to check against.</summary>
    NoPrice = 10,
    Halted = 11,
    MarketClosed = 12,
    Duplicate = 13,

    /// <summary>What the account holds is not known for certain.</summary>
    NotSynced = 14,

    /// <summary>An order of the instrument that adds risk is in doubt.</summary>
    OrderInDoubt = 15,

    /// <summary>The venue lets the account open nothing.</summary>
    Restricted = 16,

    /// <summary>The market has moved too far from the price that was decided on.</summary>
    Slippage = 17,

    /// <summary>The market is through a stop before it is placed.</summary>
    WrongSide = 18,

    /// <summary>The venue filled more than was ordered, and nobody has acknowledged it: only orders that reduce the strategy's position pass.</summary>
    Overfilled = 19,

    /// <summary>The venue said that the instrument does not trade now.</summary>
    NotTrading = 20,

    /// <summary>A rule of the user's own; its name says which.</summary>
    OwnRule = 32,
}

/// <summary>A rule's answer with the two numbers that led to it.</summary>
/// <param name="Measured">What the rule looked at, as it would be after the order.</param>
/// <param name="Limit">What it may be at most.</param>
/// <param name="ReducedTo">Quantity approved instead; only with <see cref="RiskOutcome.Reduce"/>, above 0.</param>
public readonly record struct RiskDecision(RiskOutcome Outcome, RiskCode Code, double Measured, double Limit, decimal ReducedTo = 0)
{
    public static RiskDecision Approve(double measured, double limit) => new(RiskOutcome.Approve, RiskCode.None, measured, limit);

    public static RiskDecision Deny(RiskCode code, double measured, double limit) => new(RiskOutcome.Deny, code, measured, limit);

    /// <summary>Cuts to a quantity, or denies when nothing is left.</summary>
    public static RiskDecision Reduce(RiskCode code, decimal quantity, double measured, double limit) =>
        quantity > 0 ? new(RiskOutcome.Reduce, code, measured, limit, quantity) : Deny(code, measured, limit);

    /// <summary>One sentence for people.</summary>
    public string Sentence()
    {
        string measured = Measured.ToString("0.########", CultureInfo.InvariantCulture);
        string limit = Limit.ToString("0.########", CultureInfo.InvariantCulture);
        string fact = Code switch
        {
            RiskCode.OrderQuantity => $"the order's quantity {measured} is above the limit {limit}",
            RiskCode.PositionLimit => $"the position would be {measured}, the limit is {limit}",
            RiskCode.Exposure => $"the exposure would be {measured}, the limit is {limit}",
            RiskCode.OrderRate => $"{measured} orders in the window, the limit is {limit}",
            RiskCode.StaleData => $"the market data is {measured} s old, the limit is {limit} s",
            RiskCode.Drawdown => $"the drawdown is {measured} of the peak, the limit is {limit}",
            RiskCode.BuyingPower => $"the order needs {measured}, {limit} is free",
            RiskCode.Paused => "trading is paused: only orders that reduce a position pass",
            RiskCode.Halted => "trading is halted: only orders that reduce a position pass",
            RiskCode.RuleFailed => "the rule failed, and what cannot be checked is denied",
            RiskCode.MarketClosed when Measured < 0 => "the market is closed",
            RiskCode.MarketClosed => $"the market closes in {measured} s, new risk ends {limit} s before",
            RiskCode.Duplicate => $"the same order was sent {measured} s ago, it may be repeated after {limit} s",
            RiskCode.NoPrice => "no price is known yet",
            RiskCode.OwnRule => $"the rule measured {measured}, its limit is {limit}",
            RiskCode.NotSynced => "the account is not synchronised with the venue: only orders that reduce a position pass",
            RiskCode.OrderInDoubt => "an order of this instrument is in doubt: no new risk until the venue has said what became of it",
            RiskCode.Restricted => "the venue restricts the account: only orders that reduce a position pass",
            RiskCode.Overfilled => "an order of the strategy was filled for more than was ordered: only orders that reduce its position pass until an operator acknowledges it",
            RiskCode.Slippage => $"the market is {measured} away from the price that was decided on, the limit is {limit}",
            RiskCode.NotTrading => $"the venue does not trade the instrument now: new risk may be tried again in {measured} s",
            RiskCode.WrongSide => "the market is through the stop already",
            _ => $"measured {measured}, limit {limit}",
        };
        return Outcome == RiskOutcome.Reduce ? $"{fact}; cut to {ReducedTo.ToString("0.########", CultureInfo.InvariantCulture)}" : fact;
    }
}
