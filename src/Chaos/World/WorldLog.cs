using Tradewind.Chaos.Host;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Chaos.World;

/// <summary>Writes down what happens to orders and the account in one world, a line each; market data and timers are left out.</summary>
internal sealed class WorldLog(Agenda agenda, IProgramWatch next, Action<string> write) : IProgramWatch
{
    public void OnOutputs(TradingProgram program, in Input input, ReadOnlySpan<Output> outputs)
    {
        if (Words(in input) is { } words) Write($"<- {words}");
        foreach (ref readonly Output output in outputs)
        {
            if (Words(in output) is { } said) Write($"   {said}");
        }
        next.OnOutputs(program, in input, outputs);
    }

    public void OnSend(TradingProgram program, Order order, OutputKind what, long sequence)
    {
        Write($"-> {what} {order.Id}");
        next.OnSend(program, order, what, sequence);
    }

    public void OnCrash(TradingProgram program)
    {
        Write("== the program dies");
        next.OnCrash(program);
    }

    private void Write(string line) => write($"{agenda.Now} {line}");

    private static string? Words(in Input input) => input.Kind switch
    {
        InputKind.Broker => $"{input.Broker.Kind} {input.Broker.Order} {Executed(in input.Broker)}{input.Text}",
        InputKind.Account => $"{input.Account.Kind} {input.Account.Quantity} {input.Text}",
        InputKind.Command => $"{input.Command.Kind}",
        InputKind.Feed => $"feed {input.Feed.Kind} of {input.Instrument}",
        _ => null,
    };

    private static string Executed(in BrokerEvent told) => told.Quantity == 0m ? "" : $"{told.Quantity} at {told.Price} ({told.ExecutionId}) ";

    private static string? Words(in Output output) => output.Kind switch
    {
        OutputKind.OrderSubmitted => $"order {output.Order.Id}: {output.Order.Terms} of strategy {output.Order.Share(0).Strategy}",
        OutputKind.SignalRaised => $"strategy {output.Strategy} wishes to {output.Signal.Action}: {output.Signal.Reason}",
        OutputKind.CancelRequested => $"cancel {output.Order.Id}",
        OutputKind.ModifyRequested => $"modify {output.Order.Id}: {output.Terms}",
        OutputKind.OrderChanged => $"order {output.OrderChanged.Order} {output.OrderChanged.Before} -> {output.OrderChanged.Status} ({output.OrderChanged.Event}) filled {output.OrderChanged.FilledQuantity}",
        OutputKind.FillBooked => $"fill of {output.Fill.Order} for strategy {output.Fill.Strategy}: {output.Fill.Side} {output.Fill.Quantity}, account holds {output.Fill.PositionAfter}",
        OutputKind.AccountStateChanged => $"account {output.AccountStateChanged.Before} -> {output.AccountStateChanged.State}: {output.Text}",
        OutputKind.TradingStateChanged => $"trading {output.TradingStateChanged.Before} -> {output.TradingStateChanged.State}",
        OutputKind.ProtectionChanged => $"strategy {output.Strategy}: {output.ProtectionChanged.Sentence()}",
        OutputKind.ExecutionChanged => $"strategy {output.Strategy}: {output.ExecutionChanged.Sentence(output.Text)}",
        OutputKind.Alert => $"! {output.Text}",
        _ => null,
    };
}
