using Tradewind.Brokers.ProjectX.History;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Brokers.ProjectX.Streams;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX;

/// <summary>How to reach a ProjectX gateway, as whom, and how the feed behaves. The defaults are TopstepX.</summary>
public sealed record ProjectXOptions
{
    public const string UserVariable = "TRADEWIND_PROJECTX_USER";
    public const string KeyVariable = "TRADEWIND_PROJECTX_KEY";
    public const string UrlVariable = "TRADEWIND_PROJECTX_URL";
    public const string MarketHubVariable = "TRADEWIND_PROJECTX_MARKET_HUB";
    public const string UserHubVariable = "TRADEWIND_PROJECTX_USER_HUB";

    private static readonly Uri TopstepHubs = new("https://rtc.topstepx.com");

    /// <summary>Base of the REST paths; http or https.</summary>
    public Uri Url { get; init; } = new("https://api.topstepx.com");

    /// <summary>The market hub; http, https, ws or wss.</summary>
    public Uri MarketHub { get; init; } = new(TopstepHubs, "/hubs/market");

    /// <summary>The user hub; http, https, ws or wss.</summary>
    public Uri UserHub { get; init; } = new(TopstepHubs, "/hubs/user");

    /// <summary>The platform's login name; neither e-mail nor account name.</summary>
    public string UserName { get; init; } = "";

    public Secret ApiKey { get; init; } = Secret.None;

    /// <summary>Asks for the live instead of the simulated market-data subscription; most users have only the latter.</summary>
    public bool LiveData { get; init; }

    /// <summary>Deadline of one REST call, 1 s to 2 min. A read is tried up to four times.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public BudgetOptions Budget { get; init; } = new();

    /// <summary>How long the start keeps trying a gateway that cannot be reached, 0 s to 24 h. Once started, the feed never stops trying.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(15);

    public HubOptions Hub { get; init; } = new();

    public LivenessOptions Liveness { get; init; } = new();

    public BackfillOptions Backfill { get; init; } = new();

    public SanityOptions Sanity { get; init; } = new();

    /// <summary>Addresses of a gateway that serves REST and hubs at one place, as the simulator does.</summary>
    public static ProjectXOptions At(Uri gateway) => new()
    {
        Url = gateway,
        MarketHub = new Uri(gateway, "/hubs/market"),
        UserHub = new Uri(gateway, "/hubs/user"),
    };

    /// <summary>Reads the variables named by this type's constants. With an address alone, the hubs are looked for beside it.</summary>
    /// <exception cref="InputException">A variable is missing or not an address; all faults in one message.</exception>
    public static ProjectXOptions FromEnvironment(Func<string, string?> read)
    {
        var faults = new OptionFaults();
        Uri? url = Address(read, UrlVariable, faults);
        ProjectXOptions options = url is null ? new() : At(url);
        options = options with
        {
            MarketHub = Address(read, MarketHubVariable, faults) ?? options.MarketHub,
            UserHub = Address(read, UserHubVariable, faults) ?? options.UserHub,
            UserName = read(UserVariable) ?? "",
            ApiKey = new Secret(read(KeyVariable) ?? ""),
        };
        Refuse([.. faults.Sentences, .. options.Faults()]);
        return options;
    }

    /// <summary>Everything that is wrong, one sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new OptionFaults();
        faults.Address("Url", Url, "http", "https");
        faults.Address("MarketHub", MarketHub, "http", "https", "ws", "wss");
        faults.Address("UserHub", UserHub, "http", "https", "ws", "wss");
        if (string.IsNullOrWhiteSpace(UserName)) faults.Add($"The user name is missing; set {UserVariable} to the platform's login name.");
        if (ApiKey.IsEmpty) faults.Add($"The API key is missing; set {KeyVariable} to the key made on the platform's API page.");
        faults.Range("RequestTimeout", RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        Budget.Check(faults);
        faults.Range("StartPatience", StartPatience, TimeSpan.Zero, TimeSpan.FromHours(24));
        Hub.Check(faults);
        Liveness.Check(faults);
        Backfill.Check(faults);
        Sanity.Check(faults);
        return faults.Sentences;
    }

    /// <exception cref="InputException">Something is wrong; all faults in one message.</exception>
    public void Validate() => Refuse(Faults());

    private static void Refuse(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0) throw new InputException("The ProjectX options cannot be used: " + string.Join(" ", faults));
    }

    private static Uri? Address(Func<string, string?> read, string variable, OptionFaults faults)
    {
        if (read(variable) is not { Length: > 0 } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address)) return address;
        faults.Add($"{variable} is '{text}'; it must be an absolute address such as https://api.topstepx.com.");
        return null;
    }
}
