namespace Tradewind.Core.Strategies;

/// <summary>Threads that an edge lends to the engine, which has none of its own.</summary>
public interface IWorkers
{
    /// <summary>Runs the work for 0 to <paramref name="count"/> − 1, in any order and side by side, and returns when all are done. The work does not throw.</summary>
    void Run(int count, Action<int> work);
}
