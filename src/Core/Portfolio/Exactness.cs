using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;

namespace Tradewind.Core.Portfolio;

/// <summary>Keeps amounts short enough for all sums of them to be exact: a mean price of a venue can have as many digits as fit, and its sums would lose some.</summary>
internal static class Exactness
{
    extension(in BrokerEvent told)
    {
        public bool IsExact => told.Price.IsExact() && told.Fee.IsExact();

        public BrokerEvent ToExact() => told with { Price = told.Price.ToExact(), Fee = told.Fee.ToExact() };
    }

    extension(in AccountEvent told)
    {
        public bool IsExact => told.Price.IsExact() && told.Amount.IsExact();

        public AccountEvent ToExact() => told with { Price = told.Price.ToExact(), Amount = told.Amount.ToExact() };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsExact(this decimal amount) => amount.Scale <= Position.ShareDecimals;

    private static decimal ToExact(this decimal amount) => decimal.Round(amount, Position.ShareDecimals);
}
