using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Storage.Tests.Support;

/// <summary>Random inputs of every kind.</summary>
internal static class InputMaker
{
    public static Input[] Inputs(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Next(random))];
    }

    /// <summary>Inputs whose records are short, for tests that look at every bit.</summary>
    public static Input[] ShortInputs(int seed, int count)
    {
        var random = new Random(seed);
        var inputs = new List<Input>();
        while (inputs.Count < count)
        {
            Input input = Next(random);
            if (input.Text is not { Length: > 100 }) inputs.Add(input);
        }
        return [.. inputs];
    }

    public static Input Next(Random random)
    {
        int instrument = random.Next(-1, 100);
        var time = new Timestamp(random.NextInt64());
        return random.Next(11) switch
        {
            0 => new(instrument, MakeBar(random), time, isHistory: false),
            1 => new(instrument, MakeBar(random), time, isHistory: true),
            2 => new(instrument, new Trade(new(random.NextInt64()), Double(random), Double(random), (Aggressor)random.Next(3)), time),
            3 => new(instrument, new Quote(new(random.NextInt64()), Double(random), Double(random), Double(random), Double(random)), time),
            4 => new(instrument, new DepthUpdate(new(random.NextInt64()), (Side)random.Next(2), (DepthAction)random.Next(2), Double(random), Double(random)), time),
            5 => Input.Timer(time),
            6 => new(time, MakeBrokerEvent(random), Text(random)),
            7 => MakeCommand(random, time),
            8 => new(instrument, time, new AccountEvent((AccountEventKind)random.Next(1, 9), random.NextInt64(), Decimal(random), Decimal(random), Decimal(random)), Text(random)),
            9 => Input.Carry(time, Text(random)),
            _ => new(instrument, time, new FeedEvent((FeedEventKind)random.Next(1, 4), new(random.NextInt64()), new(random.NextInt64()))),
        };
    }

    /// <summary>All fields of an input as text, so that two can be compared: decimals with their scale, doubles with all bits.</summary>
    public static string Describe(in Input input)
    {
        string body = input.Kind switch
        {
            InputKind.Bar or InputKind.HistoryBar => $"{input.Bar}",
            InputKind.Trade => $"{input.Trade}",
            InputKind.Quote => $"{input.Quote}",
            InputKind.Depth => $"{input.Depth}",
            InputKind.Broker => $"{input.Broker}",
            InputKind.Command => $"{input.Command}",
            InputKind.Feed => $"{input.Feed}",
            InputKind.Account => $"{input.Account}",
            _ => "",
        };
        return $"{input.Kind} {input.Instrument} {input.Time.Nanoseconds} {body} {input.Text ?? "(null)"}";
    }

    private static Input MakeCommand(Random random, Timestamp time)
    {
        var kind = (CommandKind)random.Next(1, 12);
        return new(time, new Command(kind, random.Next()), kind is CommandKind.TryVersion or CommandKind.SwapVersion ? Text(random) : null);
    }

    private static Bar MakeBar(Random random) =>
        new(new(random.NextInt64()), new(random.NextInt64()), Double(random), Double(random), Double(random), Double(random), Double(random));

    private static BrokerEvent MakeBrokerEvent(Random random) =>
        new((BrokerEventKind)random.Next(1, 14), new OrderId(random.NextInt64()), random.NextInt64(), Decimal(random), Decimal(random), Decimal(random));

    private static double Double(Random random) => random.Next(8) == 0 ? double.NaN : random.NextDouble() * Math.Pow(10, random.Next(-300, 300));

    private static decimal Decimal(Random random) => new(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29));

    private static string? Text(Random random) => random.Next(4) switch
    {
        0 => null,
        1 => "",
        2 => "Ordre refusé: marge insuffisante – 保証金不足 🚫",
        _ => new string('x', random.Next(3000)),
    };
}
