using System.CommandLine;

namespace Tradewind.App.Grammar;

/// <summary>A command with what its help says.</summary>
internal sealed class TradewindCommand : Command
{
    public TradewindCommand(string name, string purpose, params string[] examples) : base(name, purpose) => Examples = examples;

    /// <summary>Whole lines to paste; at least one.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Sentences under the options; empty where there is nothing more to say.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
