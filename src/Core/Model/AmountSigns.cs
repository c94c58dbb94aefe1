namespace Tradewind.Core.Model;

/// <summary>Questions about an amount's sign: a look at its bits, where a comparison with 0m would compare two decimals in general.</summary>
public static class AmountSigns
{
    extension(decimal amount)
    {
        public bool IsZero => Math.Sign(amount) == 0;

        public bool IsAboveZero => Math.Sign(amount) > 0;

        public bool IsBelowZero => Math.Sign(amount) < 0;
    }
}
