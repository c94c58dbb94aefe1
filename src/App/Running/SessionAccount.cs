using System.Globalization;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Model;

namespace Tradewind.App.Running;

/// <summary>Which account a session trades, and whether it may. Nobody trades by accident what is more than practice.</summary>
internal static class SessionAccount
{
    /// <summary>Null where the session trades on paper.</summary>
    /// <exception cref="InputException">No account is meant, or it needs another word; with the cure.</exception>
    /// <exception cref="Live.FeedException">The gateway cannot be used; the message says why.</exception>
    public static async Task<ProjectXAccount?> ChooseAsync(ProjectXLogin login, RunSettings settings, RunOptions options, CancellationToken cancel)
    {
        if (settings.IsPaper) return null;
        string? wanted = settings.Account.Length > 0 ? settings.Account : null;
        if (IsSimulator(options)) return await login.ChooseAccountAsync(wanted, cancel).ConfigureAwait(false);
        if (wanted is null)
        {
            IReadOnlyList<ProjectXAccount> accounts = await login.AccountsAsync(cancel).ConfigureAwait(false);
            throw new InputException($"{options.Gateway} is no simulator: name the account that this session may trade with --account, one of {string.Join(", ", accounts)}; or trade on paper with --paper.");
        }
        ProjectXAccount account = await login.ChooseAccountAsync(wanted, cancel).ConfigureAwait(false);
        if (account.Kind != AccountKind.Practice && !options.Live)
            throw new InputException($"{account} is {Words(account, isSimulator: false)}; add --live if this session shall trade it, or trade on paper with --paper.");
        return account;
    }

    /// <summary>Names the account across sessions. The built-in simulator has one, which lives in the data folder; paper is of the data folder, too.</summary>
    public static string LedgerOf(ProjectXAccount? account, RunSettings settings, RunOptions options)
    {
        if (settings.IsPaper) return BrokerName.Paper;
        return options.Gateway is { } gateway
            ? string.Create(CultureInfo.InvariantCulture, $"{BrokerName.ProjectX}/{gateway.Authority}/{account!.Id}")
            : string.Create(CultureInfo.InvariantCulture, $"{BrokerName.ProjectX}/simulator-{options.Seed}");
    }

    /// <summary>The built-in one, or one on this machine.</summary>
    public static bool IsSimulator(RunOptions options) => options.Gateway is not { IsLoopback: false };

    /// <summary>The word on the badge.</summary>
    public static string Mode(ProjectXAccount? account, RunOptions options) => account switch
    {
        null => "PAPER",
        _ when IsSimulator(options) => "SIMULATED",
        { Kind: AccountKind.Practice } => "PRACTICE",
        { Kind: AccountKind.Evaluation } => "EVALUATION",
        _ => "LIVE",
    };

    /// <summary>What is at stake, in words.</summary>
    public static string Words(ProjectXAccount account, bool isSimulator) => isSimulator ? "an account of a simulator" : account.Kind switch
    {
        AccountKind.Practice => "a practice account",
        AccountKind.Evaluation => "an account under the platform's rules, not for practice",
        _ => "an account with real money, or one of which the gateway does not say that it has none",
    };
}
