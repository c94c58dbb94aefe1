using System.Diagnostics;
using Tradewind.Core.Market;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies;

/// <summary>Says what a strategy threw, and where in its file.</summary>
public static class StrategyFailure
{
    /// <returns>The kind, the words and, where the code has line numbers, file and line; no full stop.</returns>
    public static string Describe(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        string words = $"{failure.GetType().Name}: {failure.Message.TrimEnd('.')}";
        // It names the place itself, the loop and not the line in it at which the count ended.
        Exception thrown = failure is IndicatorFailedException { InnerException: { } inner } ? inner : failure;
        if (thrown is EndlessCallException) return words;
        // The first frame that is not the program's own: line numbers of other code say nothing to the author.
        StackFrame? place = new StackTrace(thrown, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(frame => frame.GetFileLineNumber() > 0 && frame.GetMethod()?.Module.Assembly.IsCollectible == true);
        return place is null ? words : $"{words} ({place.GetFileName()}:{place.GetFileLineNumber()})";
    }
}
