using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.ProjectX.Accounts;

/// <param name="Balance">Realised; nothing tells the equity.</param>
/// <param name="CanTrade">False: locked, in breach of a rule, or not eligible.</param>
/// <param name="IsSimulated">True for practice, evaluation and express accounts; null where the gateway does not say.</param>
internal sealed record AccountRow(long Id, string Name, decimal Balance, bool CanTrade, bool IsVisible, bool? IsSimulated)
{
    /// <exception cref="WireException">What makes it an account is missing or does not fit.</exception>
    public static AccountRow Read(WireObject account) => new(
        account.Whole("id"), account.Text("name") ?? "", account.AmountOf("balance"), account.Flag("canTrade") ?? throw account.Missing("canTrade"),
        account.Flag("isVisible") ?? true, account.Flag("simulated"));
}
