using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Tradewind.Core.Strategies;

/// <summary>
/// Counts how often code of the user's own goes round a loop or into a function within one call, so that a call which would never end fails instead.
/// It counts and looks at no clock: a replay fails at the same round.
/// </summary>
/// <remarks>The calls of <see cref="Spend"/> and its like are put into the code when a file is compiled. Each thread counts for itself, for the call that it is in.</remarks>
public static class CallMeter
{
    /// <summary>Rounds that one call may take where nothing else is set.</summary>
    public const int DefaultRounds = 100_000_000;

    /// <summary>Range of what can be set.</summary>
    public const int FewestRounds = 10_000;

    /// <inheritdoc cref="FewestRounds"/>
    public const int MostRounds = 2_000_000_000;

    [ThreadStatic]
    private static long _left;

    [ThreadStatic]
    private static long _rounds;

    [ThreadStatic]
    private static string? _failure;

    /// <summary>A call begins: it may take so many rounds. It ends with the disposal.</summary>
    /// <param name="rounds"><see cref="FewestRounds"/> to <see cref="MostRounds"/>.</param>
    public static Call Begin(long rounds)
    {
        var call = new Call(_left, _rounds, _failure);
        (_left, _rounds, _failure) = (rounds, rounds, null);
        return call;
    }

    /// <summary>Once more round a loop. Goes on throwing once all is spent, so that code which catches everything ends too.</summary>
    /// <param name="place">The loop's file and line.</param>
    /// <exception cref="EndlessCallException">All rounds of the call are spent.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spend(string place)
    {
        if (--_left < 0) Miss(place, "loop", "going round");
    }

    /// <summary>Into a function: counts like a round, and there must be stack left.</summary>
    /// <param name="place">The function's file and line.</param>
    /// <returns>Always true.</returns>
    /// <exception cref="EndlessCallException">All rounds of the call are spent, or its functions call each other too deep.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Enter(string place)
    {
        if (--_left < 0) Miss(place, "function", "being entered");
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) RunDeep(place);
        return true;
    }

    /// <summary>The same for a function with loops.</summary>
    /// <returns>Where the rounds of this thread are counted: looking for it in each round would cost more than to count.</returns>
    /// <exception cref="EndlessCallException">As for <see cref="Enter"/>.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ref long EnterLoops(string place)
    {
        if (_rounds == 0) _left = DefaultRounds;
        Enter(place);
        return ref _left;
    }

    /// <summary>A loop counted below 0: all rounds of the call are spent.</summary>
    /// <param name="place">The loop's file and line.</param>
    /// <returns>What the loop throws: a loop that sees that it cannot go on keeps its numbers in registers.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static EndlessCallException RunOut(string place) => Failure(place, "loop", "going round");

    /// <summary>Fails a call that came back although all was spent: it caught what it was told.</summary>
    /// <exception cref="EndlessCallException">All rounds are spent.</exception>
    public static void Check()
    {
        if (_failure is not null) throw new EndlessCallException(_failure);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Miss(string place, string what, string how)
    {
        // Not within a call, in a finalizer for example: there is nobody to suspend.
        if (_rounds == 0) _left = DefaultRounds;
        else throw Failure(place, what, how);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunDeep(string place) => throw Failure($"the function at {place} calls itself, or others that call it, so deep that no stack is left; give it an end that is always reached, or use a loop");

    private static EndlessCallException Failure(string place, string what, string how) =>
        Failure($"the {what} at {place} was still {how} when all {(_rounds == 0 ? DefaultRounds : _rounds):N0} rounds of this call were spent; give it an end that is always reached, or raise CallRounds");

    private static EndlessCallException Failure(string failure)
    {
        _left = 0;
        return new EndlessCallException(_failure ??= failure);
    }

    /// <summary>A call that is being counted.</summary>
    public readonly ref struct Call
    {
        private readonly long _left;
        private readonly long _rounds;
        private readonly string? _failure;

        internal Call(long left, long rounds, string? failure) => (_left, _rounds, _failure) = (left, rounds, failure);

        /// <summary>What was counted before goes on.</summary>
        public void Dispose() => (CallMeter._left, CallMeter._rounds, CallMeter._failure) = (_left, _rounds, _failure);
    }
}

/// <summary>A call of code of the user's own does not end.</summary>
public sealed class EndlessCallException(string message) : Exception(message);
