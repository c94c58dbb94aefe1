using System.Text.Json;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>The members of market payloads that mean something here.</summary>
internal enum Member : byte
{
    Other = 0,
    Data,
    BestBid,
    BestAsk,
    LastPrice,
    Price,
    Volume,
    Type,
    Timestamp,
    LastUpdated,
    Contract,
}

internal static class MemberName
{
    /// <summary>Exact names, as the gateway writes them; told apart by length first, since this runs for every member of every message.</summary>
    public static Member Of(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        return name.Length switch
        {
            4 when name.SequenceEqual("type"u8) => Member.Type,
            4 when name.SequenceEqual("data"u8) => Member.Data,
            5 when name.SequenceEqual("price"u8) => Member.Price,
            6 when name.SequenceEqual("volume"u8) => Member.Volume,
            7 when name.SequenceEqual("bestBid"u8) => Member.BestBid,
            7 when name.SequenceEqual("bestAsk"u8) => Member.BestAsk,
            8 when name.SequenceEqual("contract"u8) => Member.Contract,
            9 when name.SequenceEqual("timestamp"u8) => Member.Timestamp,
            9 when name.SequenceEqual("lastPrice"u8) => Member.LastPrice,
            10 when name.SequenceEqual("contractId"u8) => Member.Contract,
            11 when name.SequenceEqual("lastUpdated"u8) => Member.LastUpdated,
            _ => Member.Other,
        };
    }
}
