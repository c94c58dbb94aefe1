namespace Tradewind.Core.Strategies;

/// <summary>Told by the engine before and after each call of a strategy, so that somebody with a clock can measure. It changes nothing: what it finds comes back as a command.</summary>
/// <remarks>Where strategies are asked side by side, the calls of different strategies come from different threads at once.</remarks>
public interface IStrategyWatch
{
    /// <param name="strategy">Index in the engine.</param>
    /// <param name="isShadow">The call is one of the version that runs beside the strategy.</param>
    void Enter(int strategy, bool isShadow);

    void Leave(int strategy, bool isShadow);
}
