namespace Tradewind.Core.Strategies;

/// <summary>A strategy trades a second instrument that the engine does not have.</summary>
/// <param name="strategy">Its name in the engine.</param>
/// <param name="own">Symbol that it was put on.</param>
/// <param name="symbol">Symbol that is missing.</param>
public sealed class MissingLegException(string message, string strategy, string own, string symbol) : ArgumentException(message)
{
    public string Strategy => strategy;

    public string Own => own;

    public string Symbol => symbol;
}
