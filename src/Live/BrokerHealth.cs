namespace Tradewind.Live;

/// <summary>How a broker's connection stands right now.</summary>
/// <param name="Account">The account's name; empty where there is none.</param>
/// <param name="IsConnected">The stream of orders and fills is open.</param>
/// <param name="State">In words.</param>
/// <param name="Reconnects">Streams opened after the first.</param>
/// <param name="Unreadable">Messages that could not be read.</param>
public sealed record BrokerHealth(string Account, bool IsConnected, string State, int Reconnects, long Unreadable)
{
    /// <summary>Of a broker in this process, which is always there.</summary>
    public static readonly BrokerHealth InProcess = new("", true, "in this process", 0, 0);

    /// <summary>Use of the broker's request limits; empty where it has none.</summary>
    public IReadOnlyList<RequestUse> Requests { get; init; } = [];
}

/// <summary>How much of a limit on requests is used.</summary>
/// <param name="Name">Which requests it is about.</param>
/// <param name="Used">Calls of the last window.</param>
/// <param name="Limit">Calls that the venue allows in one window.</param>
/// <param name="Waiting">Calls that wait for their turn.</param>
/// <param name="NotSent">Calls that were given up here because their turn would have come too late, since the start.</param>
/// <param name="Limited">Times that the venue itself said that it was too much, since the start.</param>
public sealed record RequestUse(string Name, int Used, int Limit, int Waiting, long NotSent, long Limited);
