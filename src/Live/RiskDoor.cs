using Tradewind.Core.Orders;
using Tradewind.Core.Risk;

namespace Tradewind.Live;

/// <summary>
/// Says whether what adds risk may leave at this instant. The engine approved an order when it was decided; until its bytes are written the disk and the request limit can hold
/// it for seconds, in which trading is paused or the account is lost. What protects or closes always passes.
/// </summary>
/// <remarks>The runner moves it after each input. Safe to ask from any thread, at best right before the first byte leaves.</remarks>
public sealed class RiskDoor
{
    private static readonly Shut Halted = new("Trading was halted before it was sent: nothing of it left.");
    private static readonly Shut Paused = new("Trading was paused before it was sent: nothing of it left.");
    private static readonly Shut Restricted = new("The venue restricted the account before it was sent: nothing of it left.", MustReduceAccount: true);
    private static readonly Shut OutOfStep = new("The account was not synchronised any more before it was sent: nothing of it left.", MustReduceAccount: true);

    private volatile Shut? _shut;

    /// <summary>Nothing adds risk from the instant at which this returns, unless trading is active and the account is known.</summary>
    public void Move(TradingState trading, AccountState account) => _shut = (trading, account) switch
    {
        (_, AccountState.Unsynced or AccountState.Syncing) => OutOfStep,
        (_, AccountState.Restricted) => Restricted,
        (TradingState.Halted, _) => Halted,
        (TradingState.ReduceOnly, _) => Paused,
        _ => null,
    };

    /// <summary>Why the order may not leave now, as a sentence; null where it may.</summary>
    public string? WhyNot(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (_shut is not { } shut) return null;
        // While nothing may be known of what the account holds, an order must reduce that too.
        return order.Reduces && (!shut.MustReduceAccount || order.ReducesAccount) ? null : shut.Why;
    }

    /// <exception cref="WithheldException">The order, or its modification, may not leave now.</exception>
    public void Pass(Order order)
    {
        if (WhyNot(order) is { } why) throw new WithheldException(why);
    }

    /// <param name="MustReduceAccount">Also what reduces a strategy's position may add to the account's.</param>
    private sealed record Shut(string Why, bool MustReduceAccount = false);
}

/// <summary>What was to be sent adds risk, and nothing may add risk now: nothing of it left. The message says why, as a sentence.</summary>
public sealed class WithheldException(string message) : Exception(message);
