namespace Tradewind.Core.Strategies;

/// <summary>Told by the engine before and after each call of a strategy, so that somebody with a clock can measure. It changes nothing: what it finds comes back as a command.</summary>
/// <remarks>Where strategies are asked side by side, the calls of different strategies come from different threads at once.</remarks>
public interface IStrategyWatch
{
    /// <param name="strategy">Index in the engine.</param>
    void Enter(int strategy);

    void Leave(int strategy);
}
