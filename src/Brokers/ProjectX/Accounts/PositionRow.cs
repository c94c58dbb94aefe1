using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.ProjectX.Accounts;

/// <summary>The gateway's numbers of a position's side.</summary>
internal enum WirePositionType
{
    Undefined = 0,
    Long = 1,
    Short = 2,
}

/// <param name="Quantity">Signed; 0 of a position that was closed.</param>
internal sealed record PositionRow(long? AccountId, string ContractId, long Quantity, decimal AveragePrice)
{
    /// <exception cref="WireException">What makes it a position is missing or does not fit.</exception>
    public static PositionRow Read(WireObject position)
    {
        long size = position.Whole("size");
        if (size < 0) throw position.Unfit("size", "0 or more");
        long quantity = position.Code<WirePositionType>("type") switch
        {
            WirePositionType.Long => size,
            WirePositionType.Short => -size,
            _ => size == 0 ? 0 : throw position.Unfit("type", "1 or 2"),
        };
        return new(position.WholeOrNull("accountId"), position.Text("contractId") ?? throw position.Missing("contractId"), quantity, position.Amount("averagePrice") ?? 0);
    }
}
