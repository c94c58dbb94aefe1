using System.Globalization;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders.Execution;

/// <summary>Where an execution stands; the numbers are hashed and stored and never change.</summary>
public enum ExecutionState : byte
{
    /// <summary>Orders of an earlier wish are still being canceled.</summary>
    Waiting = 0,
    Running = 1,

    /// <summary>All of it is filled.</summary>
    Done = 2,

    /// <summary>Its time is over, and something was left.</summary>
    Over = 3,

    /// <summary>Ended before its time. What its children filled stays.</summary>
    Stopped = 4,
}

/// <summary>An execution began or ended.</summary>
/// <param name="Parent">Its number, from the same counter as orders.</param>
public readonly record struct ExecutionChanged(long Parent, ExecutionState State, Side Side, decimal Quantity, decimal Filled)
{
    /// <summary>One sentence for people.</summary>
    /// <param name="words">How it works when it began, or why it was stopped.</param>
    public string Sentence(string? words) => string.Create(CultureInfo.InvariantCulture, $"execution {Parent}: {Side} {Quantity:0.########}, {Rest(words)}");

    private string Rest(string? words) => State switch
    {
        ExecutionState.Running => words ?? "began",
        ExecutionState.Done => "is filled",
        ExecutionState.Over => string.Create(CultureInfo.InvariantCulture, $"is over with {Filled:0.########} filled"),
        _ => string.Create(CultureInfo.InvariantCulture, $"is stopped with {Filled:0.########} filled: {words ?? "no further words"}"),
    };
}
