using System.Globalization;

namespace Tradewind.Brokers.ProjectX;

/// <summary>What is at stake in an account.</summary>
public enum AccountKind
{
    /// <summary>Play money: a practice account of the platform.</summary>
    Practice = 0,

    /// <summary>The platform's money under the platform's rules: a breach loses the account.</summary>
    Evaluation = 1,

    /// <summary>Real money, or an account of which the gateway does not say that it has none.</summary>
    Real = 2,
}

/// <summary>An account at a gateway.</summary>
/// <param name="Balance">Realised, in its currency, when it was looked up.</param>
public sealed record ProjectXAccount(long Id, string Name, decimal Balance, bool CanTrade, AccountKind Kind)
{
    /// <summary>As people name it: <c>PRAC-V2-1-2 (1001)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Id}{(CanTrade ? "" : ", may not trade now")})");
}
