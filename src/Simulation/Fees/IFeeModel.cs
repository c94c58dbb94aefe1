using Tradewind.Core.Model;

namespace Tradewind.Simulation.Fees;

/// <summary>What a fill costs.</summary>
public interface IFeeModel
{
    /// <summary>Money in the instrument's currency; negative is a rebate.</summary>
    decimal Fee(Instrument instrument, decimal quantity, decimal price);
}

/// <summary>The same commission for each unit of each fill.</summary>
/// <param name="commission">Money per unit, 0 or more.</param>
public sealed class PerUnit(decimal commission) : IFeeModel
{
    public decimal Fee(Instrument instrument, decimal quantity, decimal price) => quantity == 1m ? commission : quantity * commission;
}
