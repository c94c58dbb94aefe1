namespace Tradewind.Gateway.Accounts;

/// <summary>The one simulated trading account.</summary>
public sealed record AccountOptions
{
    /// <summary>Above 0.</summary>
    public int Id { get; init; } = 1001;

    public string Name { get; init; } = "PRAC-V2-1001-SIM";

    /// <summary>Realised balance at the start in US dollars, 0 or more.</summary>
    public decimal Balance { get; init; } = 50_000m;

    public IEnumerable<string> Faults()
    {
        if (Id <= 0) yield return $"The account id is {Id}; expected a number above 0.";
        if (string.IsNullOrWhiteSpace(Name)) yield return "The account name is empty; expected a name such as PRAC-V2-1001-SIM.";
        if (Balance < 0) yield return $"The account balance is {Balance}; expected 0 or more.";
    }
}
