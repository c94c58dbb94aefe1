using Tradewind.Conformance.Venue;

namespace Tradewind.Conformance;

/// <summary>What a card needs beside an account that can be traded.</summary>
[Flags]
public enum CardNeeds
{
    None = 0,

    /// <summary>The market goes where the card says.</summary>
    Market = 1,

    /// <summary>Requests and the stream come to harm when the card says so.</summary>
    Faults = 2,

    /// <summary>Things happen at the venue by nobody's wish here.</summary>
    Hand = 4,

    /// <summary>The venue is set up as the card says.</summary>
    Settings = 8,

    /// <summary>The account is synchronised with a venue that is elsewhere, and goes on after a restart of the program.</summary>
    Restart = 16,

    /// <summary>The venue keeps what it was asked, so that what was sent twice shows.</summary>
    Commands = 32,

    /// <summary>The venue is elsewhere: it has numbers and rules of its own.</summary>
    Elsewhere = 64,
}

/// <summary>One scripted test of a broker: what is done, what must come of it, and the script that does it and looks.</summary>
/// <param name="Number">Its chapter's hundred and its place in it; never given to another card.</param>
/// <param name="Name">A sentence that holds when the card passes.</param>
/// <param name="Play">Does the steps and measures; throws <see cref="CardFailedException"/> where something is not as expected.</param>
public sealed record Card(int Number, string Name, CardNeeds Needs, Func<CardRun, Task> Play)
{
    /// <summary>Why a user needs it.</summary>
    public required string Purpose { get; init; }

    public required IReadOnlyList<string> Steps { get; init; }

    public required IReadOnlyList<string> Expected { get; init; }

    /// <summary>Faults of the catalogue that it covers, as F1; empty for none.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    public VenueSettings Settings { get; init; } = new();

    /// <summary>The account agrees with the venue again at the end, and everything can be closed. Off where the card itself says what stays.</summary>
    public bool EndsFlat { get; init; } = true;

    /// <summary>Whether a bench can play it.</summary>
    public bool CanPlayOn(ITestBench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        return (Needs & ~bench.Offers) == 0;
    }
}

/// <summary>Something is not as a card expects it; the message says what was expected and what was found.</summary>
public sealed class CardFailedException(string message) : Exception(message);

/// <summary>What became of a card.</summary>
/// <param name="Fault">Why it failed; null when it passed.</param>
/// <param name="Measured">What was found, in the order in which it was looked for.</param>
public sealed record CardResult(Card Card, TimeSpan Took, string? Fault, IReadOnlyList<string> Measured)
{
    public bool Passed => Fault is null;
}
