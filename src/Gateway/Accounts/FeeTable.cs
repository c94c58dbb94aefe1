namespace Tradewind.Gateway.Accounts;

/// <summary>Exchange and clearing fees per contract and side in US dollars. Those of MES, MNQ and MCL were seen live; the others are of their size.</summary>
internal static class FeeTable
{
    private const decimal FullSize = 1.40m;

    public static decimal FeeOf(string symbol) => symbol switch
    {
        "MES" or "MNQ" or "M2K" or "MYM" or "M6E" => 0.36m,
        "MCL" or "MGC" => 0.51m,
        _ => FullSize,
    };

    /// <summary>How many minis a contract counts in rules on size.</summary>
    public static decimal MinisOf(string symbol) => FeeOf(symbol) < FullSize ? 0.1m : 1m;
}
