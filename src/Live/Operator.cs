namespace Tradewind.Live;

/// <summary>What a person can ask of a running engine.</summary>
public enum OperatorAction
{
    /// <summary>No new risk.</summary>
    Pause,

    /// <summary>Ends a pause.</summary>
    Resume,

    /// <summary>Cancels entry orders, closes all positions, and pauses.</summary>
    Flatten,

    /// <summary>The same, and nothing is traded any more in this session.</summary>
    Kill,

    /// <summary>A suspended strategy acts again.</summary>
    ResumeStrategy,

    /// <summary>The version beside a strategy trades from now on.</summary>
    TakeOver,

    /// <summary>Back to the version that traded before.</summary>
    RollBack,

    /// <summary>The version beside a strategy goes.</summary>
    DropVersion,
}

/// <summary>A wish of a person for a running engine.</summary>
/// <param name="Strategy">Its name in the engine; null where the action is about none.</param>
/// <param name="Symbol">Only where it trades this; null for each instrument that it trades.</param>
public sealed record OperatorRequest(OperatorAction Action, string? Strategy = null, string? Symbol = null)
{
    public bool IsAboutStrategy => Action >= OperatorAction.ResumeStrategy;
}

/// <summary>What became of a request.</summary>
public enum OperatorOutcome
{
    Done,

    /// <summary>It is so already.</summary>
    NothingToDo,

    /// <summary>It cannot be done as things stand; the message says why.</summary>
    Refused,

    /// <summary>There is no strategy or instrument of that name.</summary>
    Unknown,

    /// <summary>The engine did not answer in time, or ends.</summary>
    NoAnswer,
}

/// <summary>The engine's answer to a request.</summary>
/// <param name="Message">One sentence for people.</param>
/// <param name="Inputs">Inputs that the engine had processed with it; a picture of the engine with as many shows its effect.</param>
public sealed record OperatorAnswer(OperatorOutcome Outcome, string Message, long Inputs = 0);
