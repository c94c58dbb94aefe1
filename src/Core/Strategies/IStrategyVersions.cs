using Tradewind.Core.Model;

namespace Tradewind.Core.Strategies;

/// <summary>Makes strategies of versions that the engine is told of by command. A replay must make the same of the same words.</summary>
public interface IStrategyVersions
{
    /// <param name="strategy">Name of the strategy in the engine whose version it is.</param>
    /// <param name="version">As the command named it: the hash of the source, for example.</param>
    /// <returns>A new strategy that no engine has yet.</returns>
    /// <exception cref="ArgumentException">There is no such version, or it refuses to be made.</exception>
    Strategy Create(string strategy, string version, Instrument instrument);
}
