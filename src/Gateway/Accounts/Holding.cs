using Tradewind.Core.Model;
using Tradewind.Gateway.Contracts;

namespace Tradewind.Gateway.Accounts;

/// <summary>The net position of an account in one contract, from its opening until it is flat.</summary>
public sealed class Holding
{
    /// <summary>Fits in 32 bits, as the original's do.</summary>
    public required int Id { get; init; }

    public required int AccountId { get; init; }

    public required ContractMonth Contract { get; init; }

    public required Timestamp Created { get; init; }

    /// <summary>Contracts: above 0 long, below 0 short, 0 flat.</summary>
    public int Net { get; internal set; }

    /// <summary>Weighted by size over what opened and added; the last one stays when flat.</summary>
    public decimal AveragePrice { get; internal set; }

    /// <summary>An event has told of it.</summary>
    internal bool WasTold { get; set; }

    /// <summary>Money that a closing of so many contracts at a price realises, before fees, in cents.</summary>
    public decimal ProfitOf(int size, decimal price) =>
        Math.Round((price - AveragePrice) * Contract.Product.Instrument.PointValue * size * Math.Sign(Net), 2, MidpointRounding.AwayFromZero);

    /// <summary>Money that closing all of it at a price would realise, before fees.</summary>
    public decimal OpenProfit(decimal price) => ProfitOf(Math.Abs(Net), price);

    /// <summary>Takes a fill: what adds is averaged, what turns the position round begins anew at its price.</summary>
    internal void Take(int signed, decimal price)
    {
        bool adds = Net == 0 || Math.Sign(Net) == Math.Sign(signed);
        if (adds) AveragePrice = Math.Round((AveragePrice * Math.Abs(Net) + price * Math.Abs(signed)) / (Math.Abs(Net) + Math.Abs(signed)), 9);
        else if (Math.Abs(signed) > Math.Abs(Net)) AveragePrice = price;
        Net += signed;
    }
}
