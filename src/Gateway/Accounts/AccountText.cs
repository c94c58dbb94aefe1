using System.Globalization;

namespace Tradewind.Gateway.Accounts;

/// <summary>Reads accounts as people write them: <c>50k</c>, <c>100k,brackets=auto-oco</c>, <c>balance=25000,dll=500,max=2</c>.</summary>
public static class AccountText
{
    private const string Keys = "balance, mll, mll-basis (eod, realized, equity), dll, max, flat-by (HH:mm or off), brackets (position, auto-oco), stop, target, kind (practice, follower, live, closed), fee, commission, margin, id, name";

    /// <summary>Sizes and limits of accounts as they were sold in 2026: examples that change often, not promises.</summary>
    private static readonly Dictionary<string, AccountOptions> Profiles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["practice"] = new(),
        ["50k"] = Combine(50_000m, 2_000m, 1_000m, 5m),
        ["100k"] = Combine(100_000m, 3_000m, 2_000m, 10m),
        ["150k"] = Combine(150_000m, 4_500m, 3_000m, 15m),
    };

    /// <summary>Several accounts: those without an id get the free ones from 1001 on, in the order in which they are written.</summary>
    /// <param name="faults">One sentence for each part that cannot be read, and for each id that is given twice.</param>
    public static IReadOnlyList<AccountOptions> ReadAll(IEnumerable<string> texts, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var accounts = new List<(AccountOptions Account, bool HasId)>();
        foreach (string text in texts)
        {
            AccountOptions account = Read(text, out IReadOnlyList<string> wrong);
            found.AddRange(wrong);
            accounts.Add((account, HasId(text)));
        }
        HashSet<int> taken = [.. accounts.Where(entry => entry.HasId).Select(entry => entry.Account.Id)];
        int next = AccountOptions.FirstId;
        for (int i = 0; i < accounts.Count; i++)
        {
            if (accounts[i].HasId) continue;
            while (!taken.Add(next)) next++;
            accounts[i] = (accounts[i].Account with { Id = next }, true);
        }
        found.AddRange(AccountOptions.Repeated(accounts.Select(entry => entry.Account)));
        faults = found;
        return [.. accounts.Select(entry => entry.Account)];
    }

    /// <param name="faults">One sentence for each part that cannot be read.</param>
    public static AccountOptions Read(string text, out IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<string>();
        var account = new AccountOptions();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            AccountOptions? changed = pair.Length == 1 ? Profiles.GetValueOrDefault(part) : With(account, pair[0], pair[1]);
            if (changed is null) found.Add($"The account rule \"{part}\" is not understood; expected a profile ({string.Join(", ", Profiles.Keys)}) or KEY=VALUE with one of {Keys}.");
            account = changed ?? account;
        }
        found.AddRange(account.Faults());
        faults = found;
        return account;
    }

    private static bool HasId(string text) => text.Split(',').Any(part => part.Split('=') is [var key, _] && key.Trim().Equals("id", StringComparison.OrdinalIgnoreCase));

    private static AccountOptions? With(AccountOptions account, string key, string value)
    {
        AccountRules rules = account.Rules;
        decimal? amount = decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ? number : null;
        return key.ToUpperInvariant() switch
        {
            "NAME" => account with { Name = value },
            "ID" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int id) => account with { Id = id },
            "BALANCE" when amount is { } balance => account with { Balance = balance },
            "FEE" when amount is { } fee => account with { Fee = fee },
            "COMMISSION" when amount is { } commission => account with { Commission = commission },
            "MARGIN" when amount is { } margin => account with { Margin = margin },
            "STOP" when amount is not null => account with { PositionStopLoss = amount },
            "TARGET" when amount is not null => account with { PositionTakeProfit = amount },
            "MLL" when amount is not null => account with { Rules = rules with { MaximumLoss = amount } },
            "DLL" when amount is not null => account with { Rules = rules with { DailyLoss = amount } },
            "MAX" when amount is not null => account with { Rules = rules with { MaximumPosition = amount } },
            "MLL-BASIS" => value.ToUpperInvariant() switch
            {
                "EOD" => account with { Rules = rules with { MaximumLossBasis = TrailBasis.EndOfDay } },
                "REALIZED" => account with { Rules = rules with { MaximumLossBasis = TrailBasis.Realized } },
                "EQUITY" => account with { Rules = rules with { MaximumLossBasis = TrailBasis.Equity } },
                _ => null,
            },
            "FLAT-BY" => FlatBy(account, value),
            "BRACKETS" => value.ToUpperInvariant() switch
            {
                "POSITION" => account with { Brackets = BracketMode.Position },
                "AUTO-OCO" => account with { Brackets = BracketMode.AutoOco },
                _ => null,
            },
            "KIND" => Enum.TryParse(value, ignoreCase: true, out AccountKind kind) && !char.IsDigit(value[0]) ? account with { Kind = kind } : null,
            _ => null,
        };
    }

    private static AccountOptions? FlatBy(AccountOptions account, string value)
    {
        if (value.Equals("off", StringComparison.OrdinalIgnoreCase)) return account with { Rules = account.Rules with { FlatBy = null } };
        bool isTime = TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time);
        return isTime ? account with { Rules = account.Rules with { FlatBy = time } } : null;
    }

    private static AccountOptions Combine(decimal balance, decimal maximumLoss, decimal dailyLoss, decimal contracts) => new()
    {
        Balance = balance,
        Product = string.Create(CultureInfo.InvariantCulture, $"{balance / 1000m:0}KTC-V2-DLL"),
        Rules = new() { MaximumLoss = maximumLoss, DailyLoss = dailyLoss, MaximumPosition = contracts, FlatBy = new(15, 10) },
    };
}
