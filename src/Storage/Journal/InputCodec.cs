using System.Text;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Storage.Journal;

/// <summary>Inputs as bytes: time, instrument, then the fields of the kind in their order, each little-endian, without gaps.</summary>
internal static class InputCodec
{
    /// <summary>Bytes of any input without its text.</summary>
    private const int MostBytesWithoutText = 96;

    /// <summary>At least as many bytes as writing this input needs.</summary>
    public static int MostBytes(in Input input) => MostBytesWithoutText + (input.Text is null ? 0 : Encoding.UTF8.GetMaxByteCount(input.Text.Length));

    /// <summary>Returns how many bytes were written.</summary>
    /// <exception cref="ArgumentException">The input has no kind.</exception>
    public static int Write(in Input input, Span<byte> bytes)
    {
        var writer = new FieldWriter(bytes);
        writer.Add(input.Time.Nanoseconds);
        writer.Add(input.Instrument);
        switch (input.Kind)
        {
            case InputKind.Bar:
            case InputKind.HistoryBar:
                Write(input.Bar, ref writer);
                break;
            case InputKind.Trade:
                Write(input.Trade, ref writer);
                break;
            case InputKind.Quote:
                Write(input.Quote, ref writer);
                break;
            case InputKind.Depth:
                Write(input.Depth, ref writer);
                break;
            case InputKind.Timer: break;
            case InputKind.Broker:
                Write(input.Broker, ref writer);
                writer.Add(input.Text);
                break;
            case InputKind.Command:
                Write(input.Command, input.Text, ref writer);
                break;
            case InputKind.Feed:
                Write(input.Feed, ref writer);
                break;
            case InputKind.Account:
                Write(input.Account, ref writer);
                writer.Add(input.Text);
                break;
            case InputKind.Carry:
                writer.Add(input.Text);
                break;
            default:
                throw new ArgumentException($"An input of kind {input.Kind} cannot be recorded.", nameof(input));
        }
        return writer.Length;
    }

    /// <summary>False when the bytes are not exactly one input of a known kind.</summary>
    public static bool TryRead(InputKind kind, ReadOnlySpan<byte> bytes, out Input input)
    {
        var reader = new FieldReader(bytes);
        Timestamp time = reader.Time();
        int instrument = reader.Int32();
        input = kind switch
        {
            InputKind.Bar or InputKind.HistoryBar => new(instrument, ReadBar(ref reader), time, isHistory: kind == InputKind.HistoryBar),
            InputKind.Trade => new(instrument, new Trade(reader.Time(), reader.Double(), reader.Double(), (Aggressor)reader.Byte()), time),
            InputKind.Quote => new(instrument, new Quote(reader.Time(), reader.Double(), reader.Double(), reader.Double(), reader.Double()), time),
            InputKind.Depth => new(instrument, new DepthUpdate(reader.Time(), (Side)reader.Byte(), (DepthAction)reader.Byte(), reader.Double(), reader.Double()), time),
            InputKind.Timer => Input.Timer(time),
            InputKind.Broker => new(instrument, time, ReadBroker(ref reader), reader.Text()),
            InputKind.Command => ReadCommand(time, ref reader),
            InputKind.Feed => new(instrument, time, new FeedEvent((FeedEventKind)reader.Byte(), reader.Time(), reader.Time())),
            InputKind.Account => new(instrument, time, ReadAccount(ref reader), reader.Text()),
            InputKind.Carry => Input.Carry(time, reader.Text()),
            _ => default,
        };
        return input.Kind != InputKind.None && reader.IsAtEnd;
    }

    private static bool NamesAVersion(CommandKind kind) => kind is CommandKind.TryVersion or CommandKind.SwapVersion;

    private static void Write(in Command command, string? text, ref FieldWriter writer)
    {
        writer.Add((byte)command.Kind);
        writer.Add(command.Argument);
        if (NamesAVersion(command.Kind)) writer.Add(text);
    }

    private static Input ReadCommand(Timestamp time, ref FieldReader reader)
    {
        var command = new Command((CommandKind)reader.Byte(), reader.Int32());
        return new(time, in command, NamesAVersion(command.Kind) ? reader.Text() : null);
    }

    private static void Write(in FeedEvent feed, ref FieldWriter writer)
    {
        writer.Add((byte)feed.Kind);
        writer.Add(feed.From.Nanoseconds);
        writer.Add(feed.To.Nanoseconds);
    }

    private static void Write(in Bar bar, ref FieldWriter writer)
    {
        writer.Add(bar.Start.Nanoseconds);
        writer.Add(bar.End.Nanoseconds);
        writer.Add(bar.Open);
        writer.Add(bar.High);
        writer.Add(bar.Low);
        writer.Add(bar.Close);
        writer.Add(bar.Volume);
    }

    private static Bar ReadBar(ref FieldReader reader) =>
        new(reader.Time(), reader.Time(), reader.Double(), reader.Double(), reader.Double(), reader.Double(), reader.Double());

    private static void Write(in Trade trade, ref FieldWriter writer)
    {
        writer.Add(trade.Time.Nanoseconds);
        writer.Add(trade.Price);
        writer.Add(trade.Size);
        writer.Add((byte)trade.Aggressor);
    }

    private static void Write(in Quote quote, ref FieldWriter writer)
    {
        writer.Add(quote.Time.Nanoseconds);
        writer.Add(quote.Bid);
        writer.Add(quote.Ask);
        writer.Add(quote.BidSize);
        writer.Add(quote.AskSize);
    }

    private static void Write(in DepthUpdate depth, ref FieldWriter writer)
    {
        writer.Add(depth.Time.Nanoseconds);
        writer.Add((byte)depth.Side);
        writer.Add((byte)depth.Action);
        writer.Add(depth.Price);
        writer.Add(depth.Size);
    }

    private static void Write(in BrokerEvent broker, ref FieldWriter writer)
    {
        writer.Add((byte)broker.Kind);
        writer.Add(broker.Order.Value);
        writer.Add(broker.ExecutionId);
        writer.Add(broker.Quantity);
        writer.Add(broker.Price);
        writer.Add(broker.Fee);
    }

    private static BrokerEvent ReadBroker(ref FieldReader reader) =>
        new((BrokerEventKind)reader.Byte(), new OrderId(reader.Int64()), reader.Int64(), reader.Decimal(), reader.Decimal(), reader.Decimal());

    private static void Write(in AccountEvent account, ref FieldWriter writer)
    {
        writer.Add((byte)account.Kind);
        writer.Add(account.ExecutionId);
        writer.Add(account.Quantity);
        writer.Add(account.Price);
        writer.Add(account.Amount);
    }

    private static AccountEvent ReadAccount(ref FieldReader reader) =>
        new((AccountEventKind)reader.Byte(), reader.Int64(), reader.Decimal(), reader.Decimal(), reader.Decimal());
}
