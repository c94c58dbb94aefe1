using Tradewind.Core.Engine;

namespace Tradewind.Live;

/// <summary>Sees every output, on the engine's thread: a store, a dashboard, metrics, alerts.</summary>
public interface IOutputSink
{
    /// <summary>Must return at once and must not throw; what takes time goes into the sink's own bounded queue.</summary>
    /// <param name="sequence">The journal's sequence of the input that caused them.</param>
    /// <param name="outputs">Valid only during the call.</param>
    void On(long sequence, in Input input, ReadOnlySpan<Output> outputs);
}
