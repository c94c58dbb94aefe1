using Tradewind.Conformance.Venue;

namespace Tradewind.Conformance.Cards;

/// <summary>A way in which the answer to a request goes astray. The same ways make cards of each kind of request.</summary>
/// <param name="Name">What happens to "the request".</param>
/// <param name="IsCarriedOut">The venue does what it was asked.</param>
/// <param name="IsTold">A plain answer comes all the same, though late or as a refusal.</param>
internal sealed record LostAnswer(int Place, string Name, Injected Fault, bool IsCarriedOut, bool IsTold = false)
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TooLate = TimeSpan.FromMilliseconds(2500);

    public IReadOnlyList<string> Covers { get; init; } = [];

    public static IReadOnlyList<LostAnswer> Of(VenueCall call) =>
    [
        new(1, "is lost on its way", new(VenueFault.RequestLost, call), IsCarriedOut: false) { Covers = ["F2"] },
        new(2, "is carried out and the connection breaks before the answer", new(VenueFault.ReplyLost, call), IsCarriedOut: true) { Covers = ["F1"] },
        new(3, "is carried out and never answered", new(VenueFault.NoReply, call), IsCarriedOut: true) { Covers = ["F1", "F81"] },
        new(4, "is carried out after its deadline", new(VenueFault.SlowRequest, call) { Delay = TooLate }, IsCarriedOut: true) { Covers = ["F3"] },
        new(5, "is answered after the stream has told", new(VenueFault.LateReply, call) { Delay = Late }, IsCarriedOut: true, IsTold: true) { Covers = ["F4", "F6"] },
        new(6, "is answered with a server's error", new(VenueFault.ServerError, call), IsCarriedOut: false) { Covers = ["F80"] },
        new(7, "is answered with a page instead of data", new(VenueFault.Page, call), IsCarriedOut: false) { Covers = ["F81"] },
        new(8, "is answered with too many requests", new(VenueFault.TooMany, call), IsCarriedOut: false) { Covers = ["F79"] },
        new(9, "is turned away because the login has run out", new(VenueFault.LoginRefused, call), IsCarriedOut: false, IsTold: true),
    ];
}
