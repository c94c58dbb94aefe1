using System.Globalization;

namespace Tradewind.Gateway.Accounts;

/// <summary>What the platform lets an account do.</summary>
public enum AccountKind
{
    Practice = 0,

    /// <summary>A copy-trade follower: orders by API are refused.</summary>
    Follower = 1,

    /// <summary>Not simulated: cancels by API are refused.</summary>
    Live = 2,

    /// <summary>Over: neither visible nor tradeable, and left out when only active accounts are asked for.</summary>
    Closed = 3,
}

/// <summary>The platform's setting for protective orders.</summary>
public enum BracketMode
{
    /// <summary>The platform attaches orders to the position, by amounts of money; bracket members of an order are refused.</summary>
    Position = 0,

    /// <summary>Orders may carry brackets of their own.</summary>
    AutoOco = 1,
}

/// <summary>One simulated trading account.</summary>
public sealed record AccountOptions
{
    public const int FirstId = 1001;

    private readonly string? _name;

    /// <summary>Above 0; no two accounts of a gateway have the same.</summary>
    public int Id { get; init; } = FirstId;

    /// <summary>Made of <see cref="Product"/> and <see cref="Id"/> where none is given.</summary>
    public string Name
    {
        get => _name ?? string.Create(CultureInfo.InvariantCulture, $"{Product}-{Id}-SIM");
        init => _name = value;
    }

    /// <summary>What the prop firm sold, as names of accounts begin.</summary>
    public string Product { get; init; } = "PRAC-V2";

    /// <summary>Realised balance at the start in US dollars, 0 or more.</summary>
    public decimal Balance { get; init; } = 50_000m;

    public AccountKind Kind { get; init; }

    public BracketMode Brackets { get; init; }

    /// <summary>With <see cref="BracketMode.Position"/>: loss in US dollars at which the platform's stop stands, above 0; null places none.</summary>
    public decimal? PositionStopLoss { get; init; }

    /// <summary>With <see cref="BracketMode.Position"/>: profit in US dollars at which the platform's target stands, above 0; null places none.</summary>
    public decimal? PositionTakeProfit { get; init; }

    /// <summary>Commission in US dollars per contract and side, 0 or more.</summary>
    public decimal Commission { get; init; } = 0.25m;

    /// <summary>Exchange and clearing fees in US dollars per contract and side, 0 or more; null means those of the product.</summary>
    public decimal? Fee { get; init; }

    /// <summary>US dollars that a mini ties up while it is held or works, 0 or more; a micro a tenth of it. An order for which equity does not suffice is refused; 0 asks for nothing.</summary>
    public decimal Margin { get; init; } = 500m;

    public AccountRules Rules { get; init; } = new();

    internal static IEnumerable<string> Repeated(IEnumerable<AccountOptions> accounts) =>
        accounts.GroupBy(account => account.Id).Where(same => same.Count() > 1).Select(same => $"The account id {same.Key} is given {same.Count()} times; expected another id for each account.");

    public IEnumerable<string> Faults()
    {
        if (Id <= 0) yield return $"The account id is {Id}; expected a number above 0.";
        if (string.IsNullOrWhiteSpace(Name)) yield return "The account name is empty; expected a name such as PRAC-V2-1001-SIM.";
        if (Balance < 0) yield return $"The account balance is {Balance}; expected 0 or more.";
        if (Commission < 0) yield return $"The account's commission is {Commission}; expected 0 or more.";
        if (Margin < 0) yield return $"The account's margin is {Margin}; expected 0 or more.";
        if (Fee < 0) yield return $"The account's fee is {Fee}; expected 0 or more.";
        if (PositionStopLoss <= 0 || PositionTakeProfit <= 0) yield return "An amount of the position brackets is not above 0; leave it out to have none.";
        if (Brackets != BracketMode.Position && (PositionStopLoss ?? PositionTakeProfit) is not null) yield return "Amounts of position brackets are given for an account with automatic OCO brackets; expected one of the two.";
        foreach (string fault in Rules.Faults()) yield return fault;
    }
}
