using Tradewind.Core.Risk;

namespace Tradewind.Live;

/// <summary>Says in one sentence what became of a request.</summary>
internal static class OperatorWords
{
    private const string Halted = "Trading is halted for the rest of this session; start a new one to trade again.";

    public static OperatorAnswer Answer(OperatorRequest request, IReadOnlyList<Echo> echoes)
    {
        if (request.IsAboutStrategy) return AboutStrategy(request.Action, echoes);
        Echo first = echoes[0], last = echoes[^1];
        bool isHalted = last.State == TradingState.Halted;
        (OperatorOutcome outcome, string message) = request.Action switch
        {
            OperatorAction.Pause when isHalted => (OperatorOutcome.NothingToDo, Halted),
            OperatorAction.Pause => last.WasDone ? (OperatorOutcome.Done, "Trading is paused: only orders that reduce a position pass; tradewind resume lifts it.") : (OperatorOutcome.NothingToDo, "Trading was paused already."),
            OperatorAction.Resume when isHalted => (OperatorOutcome.Refused, Halted),
            OperatorAction.Resume => last.WasDone ? (OperatorOutcome.Done, "Trading goes on.") : (OperatorOutcome.NothingToDo, "Trading was not paused."),
            OperatorAction.Flatten when isHalted => (OperatorOutcome.Done, $"Trading is halted; {Closing(first)}."),
            OperatorAction.Flatten => (OperatorOutcome.Done, $"Trading is paused, entry orders are canceled, and {Closing(first)}; tradewind resume lets it trade again."),
            _ => (OperatorOutcome.Done, $"Killed: entry orders are canceled, {Closing(first)}, and nothing is traded any more in this session; start a new one to trade again."),
        };
        return new(outcome, message, last.Inputs);
    }

    private static string Closing(Echo echo) => echo.Held.Count == 0 ? "no position was open" : $"{(echo.Held.Count == 1 ? "one position is" : $"{echo.Held.Count} positions are")} being closed ({string.Join(", ", echo.Held)})";

    /// <summary>Instruments about which the same is to be said go together.</summary>
    private static OperatorAnswer AboutStrategy(OperatorAction action, IReadOnlyList<Echo> echoes)
    {
        bool isAnyDone = echoes.Any(echo => echo.WasDone);
        // Where some were suspended, the others need no word.
        IEnumerable<Echo> told = action == OperatorAction.ResumeStrategy && isAnyDone ? echoes.Where(echo => echo.WasDone) : echoes;
        IEnumerable<string> sentences = told.GroupBy(echo => Words(action, echo)).Select(same => $"{same.First().Strategy} on {string.Join(", ", same.Select(echo => echo.Symbol))}: {same.Key}.");
        OperatorOutcome outcome = isAnyDone ? OperatorOutcome.Done : action == OperatorAction.ResumeStrategy ? OperatorOutcome.NothingToDo : OperatorOutcome.Refused;
        return new(outcome, string.Join(' ', sentences), echoes.Max(echo => echo.Inputs));
    }

    private static string Words(OperatorAction action, Echo echo)
    {
        if (action == OperatorAction.ResumeStrategy) return echo.WasDone ? "it acts again" : "it was not suspended";
        string said = echo.Said ?? (echo.WasDone ? "done" : "nothing changed");
        string prefix = $"{echo.Strategy}: ";
        return (said.StartsWith(prefix, StringComparison.Ordinal) ? said[prefix.Length..] : said).TrimEnd('.');
    }
}
