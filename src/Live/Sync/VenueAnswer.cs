namespace Tradewind.Live.Sync;

/// <summary>What is known once something was sent that changes the account.</summary>
public enum VenueAnswerKind
{
    /// <summary>The venue took it.</summary>
    Taken = 0,

    /// <summary>The venue, or on its behalf the adapter that knows its rules, said no, in words: nothing changed by it, and the same again would meet the same.</summary>
    Refused = 1,

    /// <summary>It certainly never reached the venue: it may be tried again at once.</summary>
    NotSent = 2,

    /// <summary>Nobody knows: no answer, or one that cannot be read.</summary>
    InDoubt = 3,

    /// <summary>The venue refused the client id because an order has it already: it arrived before.</summary>
    IdInUse = 4,

    /// <summary>A cancel or modification found no such working order: it may be filled, gone, or never have been.</summary>
    NotFound = 5,

    /// <summary>It was not sent, because nothing was to add risk any more when its turn came.</summary>
    Withheld = 6,
}

/// <summary>What the venue said to one request.</summary>
/// <param name="VenueId">The venue's number of the order, where the answer has one; of a refused order too.</param>
/// <param name="Text">A sentence for people; null when taken.</param>
public readonly record struct VenueAnswer(VenueAnswerKind Kind, string? VenueId = null, string? Text = null)
{
    public static VenueAnswer Taken(string? venueId = null) => new(VenueAnswerKind.Taken, venueId);

    public static VenueAnswer Refused(string text, string? venueId = null) => new(VenueAnswerKind.Refused, venueId, text);

    public static VenueAnswer NotSent(string text) => new(VenueAnswerKind.NotSent, null, text);

    public static VenueAnswer Withheld(string text) => new(VenueAnswerKind.Withheld, null, text);

    public static VenueAnswer InDoubt(string text) => new(VenueAnswerKind.InDoubt, null, text);

    public static VenueAnswer IdInUse(string text) => new(VenueAnswerKind.IdInUse, null, text);

    public static VenueAnswer NotFound(string text) => new(VenueAnswerKind.NotFound, null, text);
}
