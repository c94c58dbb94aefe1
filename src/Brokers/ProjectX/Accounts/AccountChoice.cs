using System.Globalization;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Accounts;

/// <summary>Which of the user's accounts is traded.</summary>
internal static class AccountChoice
{
    /// <param name="wanted">Name or number; null takes the only account that can trade.</param>
    /// <exception cref="InputException">None, or more than one, is meant; the message lists what there is.</exception>
    public static ProjectXAccount Choose(IReadOnlyList<ProjectXAccount> accounts, string? wanted)
    {
        if (accounts.Count == 0) throw new InputException("The gateway lists no account for this user; open one on the platform's web page.");
        return wanted is null ? Only(accounts) : Named(accounts, wanted);
    }

    public static ProjectXAccount Of(AccountRow row)
    {
        // Names are no contract, so one that does not say practice is taken for more.
        AccountKind kind = row.IsSimulated != true ? AccountKind.Real : row.Name.StartsWith("PRAC", StringComparison.OrdinalIgnoreCase) ? AccountKind.Practice : AccountKind.Evaluation;
        return new(row.Id, row.Name, row.Balance, row.CanTrade && row.IsVisible, kind);
    }

    private static ProjectXAccount Named(IReadOnlyList<ProjectXAccount> accounts, string wanted)
    {
        ProjectXAccount[] meant = [.. accounts.Where(account => account.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase) || account.Id.ToString(CultureInfo.InvariantCulture) == wanted)];
        return meant.Length switch
        {
            1 => meant[0],
            0 => throw new InputException($"There is no account \"{wanted}\" at the gateway; expected the name or the number of one of: {List(accounts)}."),
            _ => throw new InputException($"More than one account is called \"{wanted}\"; name it by its number: {List(meant)}."),
        };
    }

    private static ProjectXAccount Only(IReadOnlyList<ProjectXAccount> accounts)
    {
        ProjectXAccount[] able = [.. accounts.Where(account => account.CanTrade)];
        return able.Length switch
        {
            1 => able[0],
            0 => throw new InputException($"None of the accounts may trade now: {List(accounts)}. Look at the platform's web page for the reason, or name one with --account to wait for it."),
            _ => throw new InputException($"More than one account may trade; name the one that is meant with --account: {List(able)}."),
        };
    }

    private static string List(IEnumerable<ProjectXAccount> accounts) => string.Join(", ", accounts);
}
