using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.ProjectX.Orders;

/// <summary>What is known after something was sent that changes the account.</summary>
internal enum SendKind
{
    /// <summary>The gateway took it.</summary>
    Taken = 0,

    /// <summary>The gateway said no: nothing changed.</summary>
    Refused = 1,

    /// <summary>It certainly never reached the gateway's order desk: it may be sent again.</summary>
    NotSent = 2,

    /// <summary>Nobody knows. Only what the gateway shows afterwards decides; it is never sent again.</summary>
    InDoubt = 3,
}

/// <param name="OrderId">The gateway's id where it told one, also of a refused order; 0 otherwise.</param>
/// <param name="Sentence">For people; empty when taken.</param>
internal readonly record struct SendOutcome(SendKind Kind, long OrderId, string Sentence)
{
    public static SendOutcome Taken(long orderId = 0) => new(SendKind.Taken, orderId, "");

    /// <param name="isPending">Whether an error code says that the outcome is not known yet.</param>
    public static SendOutcome Of(RestFailure failure, Func<int, bool> isPending, long orderId = 0) => failure.Kind switch
    {
        RestFailureKind.Refused when isPending(failure.Code) => new(SendKind.InDoubt, orderId, failure.Sentence),
        RestFailureKind.Refused => new(SendKind.Refused, orderId, failure.Sentence),

        // Turned away at the door, or never on the way. That a 429 was not carried out is not documented, so it is not among them.
        RestFailureKind.Unauthorized or RestFailureKind.Unreachable or RestFailureKind.NotSent => new(SendKind.NotSent, 0, failure.Sentence),
        _ => new(SendKind.InDoubt, orderId, failure.Sentence),
    };
}
