namespace Tradewind.Core.Model;

/// <summary>Who crossed the spread.</summary>
public enum Aggressor : byte
{
    Unknown = 0,
    Buyer = 1,
    Seller = 2,
}

/// <summary>A print in the market; never ours (that is a a fill).</summary>
public readonly record struct Trade(Timestamp Time, double Price, double Size, Aggressor Aggressor = Aggressor.Unknown);
