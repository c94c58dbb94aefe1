using System.Buffers;
using System.Text.Json.Nodes;
using Tradewind.Gateway.Faults;

namespace Tradewind.Gateway.Quirks;

/// <summary>Gives answers and events the form that the quirks ask for.</summary>
internal sealed class WireForm(QuirkSet quirks)
{
    private static readonly ulong Answers = QuirkSet.BitsOf(Quirk.TextPlain, Quirk.ZuluTimes, Quirk.LooseDecimals, Quirk.OldOrders, Quirk.NoCommissions, Quirk.OldOpenApi);
    private static readonly ulong Events = QuirkSet.BitsOf(Quirk.LooseDecimals, Quirk.OldOrders, Quirk.NoCommissions, Quirk.OrderIdName);

    private static ReadOnlySpan<byte> Offset => "+00:00\""u8;

    public bool ChangesAnswers => quirks.HasAny(Answers);

    public bool ChangesEvents => quirks.HasAny(Events);

    public void Change(JsonNode node, bool isRest)
    {
        if (quirks.Has(Quirk.OldOrders)) JsonDamage.ForEachObject(node, "fillVolume", order => MakeOld(order, isRest));
        if (quirks.Has(Quirk.NoCommissions)) JsonDamage.ForEachObject(node, "commissions", trade => trade.Remove("commissions"));
        if (quirks.Has(Quirk.OrderIdName) && !isRest) JsonDamage.ForEachObject(node, "creationTimestamp", Rename);
        if (quirks.Has(Quirk.LooseDecimals)) JsonDamage.Loosen(node);
    }

    /// <summary>The bytes of a message with the times as the quirks ask for; the same array when they ask for nothing.</summary>
    public byte[] Times(byte[] message) => quirks.Has(Quirk.ZuluTimes) ? Shorten(message) : message;

    private static void MakeOld(JsonObject order, bool isRest)
    {
        foreach (string member in new[] { "symbolId", "fillVolume", "filledPrice", "updateTimestamp" }) order.Remove(member);
        if (isRest) order["updateTimestamp"] = null;
    }

    private static void Rename(JsonObject row)
    {
        if (!row.ContainsKey("status")) return;
        JsonNode? id = row["id"];
        row.Remove("id");
        row["orderId"] = id;
    }

    private static byte[] Shorten(ReadOnlySpan<byte> message)
    {
        var shorter = new ArrayBufferWriter<byte>(Math.Max(1, message.Length));
        for (int at; (at = message.IndexOf(Offset)) >= 0; message = message[(at + Offset.Length)..])
        {
            shorter.Write(message[..at]);
            shorter.Write("Z\""u8);
        }
        shorter.Write(message);
        return shorter.WrittenSpan.ToArray();
    }
}
