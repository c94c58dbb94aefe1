using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Chaos.Host;

/// <summary>Hears of everything that a program does, to hold it against the rules.</summary>
public interface IProgramWatch
{
    void OnOutputs(TradingProgram program, in Input input, ReadOnlySpan<Output> outputs);

    /// <summary>Bytes leave for the venue.</summary>
    /// <param name="sequence">Of the input that caused them.</param>
    void OnSend(TradingProgram program, Order order, OutputKind what, long sequence);

    /// <summary>The program has died: what it had not written down it does not know any more.</summary>
    void OnCrash(TradingProgram program);
}
