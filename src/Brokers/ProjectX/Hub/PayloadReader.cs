using System.Text.Json;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>
/// Reads the arguments of one market event: a contract id and a payload, which may be an object, an <c>{action, data}</c> envelope, or an
/// array of either; nulls are skipped, unknown members ignored. What cannot be used is dropped and reported, and the rest is kept.
/// </summary>
/// <remarks>Allocates nothing.</remarks>
internal sealed class PayloadReader(ContractTable contracts, IMarketEvents events)
{
    private const int DeepestNesting = 4;

    /// <param name="reader">At the start of the arguments array; afterwards at its end.</param>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public void Read(ref Utf8JsonReader reader, MarketChannel channel, long receivedAt)
    {
        int contract = -1;
        bool isNamed = false;
        if (!reader.Read()) throw new JsonException("The arguments end early.");
        if (reader.TokenType == JsonTokenType.String)
        {
            contract = IndexOf(ref reader);
            isNamed = true;
            reader.Read();
        }
        events.OnMessage(contract, channel, receivedAt);
        if (isNamed && contract < 0)
        {
            SkipRest(ref reader);
            return;
        }
        while (reader.TokenType != JsonTokenType.EndArray)
        {
            ReadPayload(ref reader, new(contract, channel, receivedAt), 0);
            reader.Read();
        }
    }

    private readonly record struct Context(int Contract, MarketChannel Channel, long ReceivedAt);

    private void ReadPayload(ref Utf8JsonReader reader, Context context, int depth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.StartArray when depth < DeepestNesting:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) ReadPayload(ref reader, context, depth + 1);
                return;
            case JsonTokenType.StartObject when depth < DeepestNesting:
                ReadEntry(ref reader, context, depth);
                return;
            default:
                events.OnUnreadable("a payload that is neither object nor array");
                reader.Skip();
                return;
        }
    }

    private void ReadEntry(ref Utf8JsonReader reader, Context context, int depth)
    {
        var entry = Entry.Empty;
        bool isEnvelope = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Member member = MemberName.Of(ref reader);
            reader.Read();
            if (member == Member.Data && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Null)
            {
                isEnvelope = true;
                ReadPayload(ref reader, context, depth + 1);
            }
            else if (!ReadMember(ref reader, member, ref entry))
            {
                events.OnUnreadable("a member of an entry");
            }
        }
        if (!isEnvelope) Emit(context, entry);
    }

    private bool ReadMember(ref Utf8JsonReader reader, Member member, ref Entry entry)
    {
        switch (member)
        {
            case Member.BestBid: return WireValue.TryNumber(ref reader, ref entry.Bid);
            case Member.BestAsk: return WireValue.TryNumber(ref reader, ref entry.Ask);
            case Member.LastPrice: return WireValue.TryNumber(ref reader, ref entry.Last);
            case Member.Price: return WireValue.TryNumber(ref reader, ref entry.Price);
            case Member.Volume: return WireValue.TryNumber(ref reader, ref entry.Volume);
            case Member.Type: return WireValue.TryInteger(ref reader, ref entry.Type);
            case Member.Timestamp: return WireValue.TryTime(ref reader, ref entry.Time);
            case Member.LastUpdated: return WireValue.TryTime(ref reader, ref entry.Updated);
            case Member.Contract:
                if (reader.TokenType == JsonTokenType.String) entry.Contract = IndexOf(ref reader);
                else reader.Skip();
                return true;
            default:
                reader.Skip();
                return true;
        }
    }

    private void Emit(Context context, in Entry entry)
    {
        int contract = context.Contract >= 0 ? context.Contract : entry.Contract;
        if (contract < 0 || (entry.Contract != Entry.NoContract && entry.Contract != contract))
        {
            events.OnUnreadable("an entry of another contract than its message");
            return;
        }
        Timestamp time = entry.Time == default ? entry.Updated : entry.Time;
        switch (context.Channel)
        {
            case MarketChannel.Quotes:
                events.OnQuote(contract, new(time, entry.Bid, entry.Ask, entry.Last, entry.Volume), context.ReceivedAt);
                break;
            case MarketChannel.Trades:
                Aggressor aggressor = entry.Type switch { 0 => Aggressor.Buyer, 1 => Aggressor.Seller, _ => Aggressor.Unknown };
                events.OnTrade(contract, new(time, entry.Price, entry.Volume, aggressor), context.ReceivedAt);
                break;
            default:
                events.OnDepth(contract, new(time, entry.Type, entry.Price, entry.Volume), context.ReceivedAt);
                break;
        }
    }

    private int IndexOf(ref Utf8JsonReader reader) => contracts.IndexOf(WireText.Read(ref reader));

    private static void SkipRest(ref Utf8JsonReader reader)
    {
        while (reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            if (!reader.Read()) throw new JsonException("The arguments end early.");
        }
    }

    private struct Entry
    {
        public const int NoContract = int.MinValue;

        public static readonly Entry Empty = new()
        {
            Bid = double.NaN,
            Ask = double.NaN,
            Last = double.NaN,
            Price = double.NaN,
            Volume = double.NaN,
            Type = -1,
            Contract = NoContract,
        };

        public double Bid;
        public double Ask;
        public double Last;
        public double Price;
        public double Volume;
        public int Type;
        public int Contract;
        public Timestamp Time;
        public Timestamp Updated;
    }
}
