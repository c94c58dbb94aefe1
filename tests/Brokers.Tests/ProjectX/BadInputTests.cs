using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Brokers.ProjectX.Orders;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>Every member of every event of the user hub with every value that does not belong there: understood as it was meant, or told as a gap. Never a crash, and never a silence.</summary>
public sealed class BadInputTests
{
    private static readonly string[] Values =
    [
        "null", "\"\"", "\" \"", "\"abc\"", "\"7\"", "\"-7.5\"", "\"1e400\"", "\"NaN\"", "true", "false", "{}", "{\"value\":1}", "[]", "[1]", "0", "-1", "-0.0", "1.5", "1e300", "1e-300", "99",
        "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "79228162514264337593543950335", "79228162514264337593543950336", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"",
        "\"2026-08-19T14:00:00\"", "\"19.08.2026\"", "\"<html>\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"",
    ];

    public static TheoryData<string, string> Events => new()
    {
        { "GatewayUserOrder", """{"id":3425000002,"accountId":1001,"contractId":"CON.F.US.EP.U26","creationTimestamp":"2026-08-19T14:00:00.39+00:00","updateTimestamp":"2026-08-19T14:00:01+00:00","status":1,"type":3,"side":1,"size":2,"limitPrice":7700.25,"stopPrice":7700.5,"fillVolume":1,"filledPrice":7700.25,"customTag":"tw-1-2","parentOrderId":3425000001}""" },
        { "GatewayUserOrder", """{"id":3425000002,"contractId":"CON.F.US.EP.U26","status":1,"type":5,"side":1,"size":2,"stopPrice":7700.5,"fillVolume":0,"trailDistance":-40,"trailPrice":-10.0}""" },
        { "GatewayUserTrade", """{"id":3004000001,"accountId":1001,"contractId":"CON.F.US.EP.U26","creationTimestamp":"2026-08-19T14:05:01.5+00:00","price":7700.25,"fees":0.36,"commissions":0.25,"side":1,"size":1,"voided":false,"orderId":3425000009}""" },
        { "GatewayUserPosition", """{"id":825000001,"accountId":1001,"contractId":"CON.F.US.EP.U26","creationTimestamp":"2026-08-19T14:00:00.399+00:00","type":2,"size":3,"averagePrice":7700.25}""" },
        { "GatewayUserAccount", """{"id":1001,"name":"PRAC","balance":149912.50,"canTrade":true,"isVisible":true,"simulated":true}""" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void EachMemberWithEachValueIsARowOrAGap(string target, string data)
    {
        foreach (KeyValuePair<string, JsonNode?> member in JsonNode.Parse(data)!.AsObject())
        {
            foreach (string value in Values)
            {
                JsonObject damaged = JsonNode.Parse(data)!.AsObject();
                damaged[member.Key] = JsonNode.Parse(value);
                Heard heard = Hear(target, damaged.ToJsonString());
                Assert.True(heard.Rows.Count + heard.Gaps.Count == 1, $"{member.Key} = {value}: {heard.Rows.Count} rows, {heard.Gaps.Count} gaps");
                Assert.All(heard.Gaps, gap => Assert.Contains(member.Key is "id" && target == "GatewayUserOrder" ? "d" : member.Key, gap, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void EachMemberThatIsMissingOrWrittenOtherwiseIsARowOrAGap(string target, string data)
    {
        Heard whole = Hear(target, data);
        foreach (KeyValuePair<string, JsonNode?> member in JsonNode.Parse(data)!.AsObject())
        {
            JsonObject without = JsonNode.Parse(data)!.AsObject();
            without.Remove(member.Key);
            Heard heard = Hear(target, without.ToJsonString());
            Assert.Equal(1, heard.Rows.Count + heard.Gaps.Count);

            without[member.Key.ToUpperInvariant()] = member.Value?.DeepClone();
            Assert.Equal(whole.Rows, Hear(target, without.ToJsonString()).Rows);
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void MembersThatNobodyKnowsChangeNothing(string target, string data)
    {
        JsonObject later = JsonNode.Parse(data)!.AsObject();
        later["fromTheFuture"] = JsonNode.Parse("""{"a":[1,{"b":null}],"side":0,"id":1}""");
        later["k"] = 1e300;
        Assert.Equal(Hear(target, data).Rows, Hear(target, later.ToJsonString()).Rows);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void ARecordThatIsCutAnywhereIsRefusedAndNotUnderstoodByHalf(string target, string data)
    {
        string record = Record(target, data);
        for (int length = 0; length < record.Length; length++)
        {
            var heard = new Heard();
            byte[] cut = Encoding.UTF8.GetBytes(record[..length]);
            Assert.ThrowsAny<JsonException>(() => new UserRecords(heard).TryConsume(cut, 0));
            Assert.Empty(heard.Rows);
        }
    }

    [Theory]
    [InlineData(WireOrderStatus.None, "98")]
    [InlineData(WireOrderStatus.None, "\"Open\"")]
    [InlineData(WireOrderStatus.None, "-1")]
    [InlineData(WireOrderStatus.Filled, "\"2\"")]
    public void AStateThatNobodyKnowsIsNoOtherState(object expected, string status)
    {
        Heard heard = Hear("GatewayUserOrder", $$"""{"id":1,"contractId":"C","status":{{status}},"type":1,"side":0,"size":1}""");
        Assert.Equal(expected, Assert.IsType<OrderRow>(Assert.Single(heard.Rows)).Status);
    }

    private static string Record(string target, string data) => $$"""{"type":1,"target":"{{target}}","arguments":[{"action":1,"data":{{data}}}]}""";

    private static Heard Hear(string target, string data)
    {
        var heard = new Heard();
        Assert.True(new UserRecords(heard).TryConsume(Encoding.UTF8.GetBytes(Record(target, data)), 0));
        return heard;
    }

    private sealed class Heard : IUserEvents
    {
        public List<object> Rows { get; } = [];

        public List<string> Gaps { get; } = [];

        public void On(OrderRow row) => Rows.Add(row);

        public void On(TradeRow row) => Rows.Add(row);

        public void On(PositionRow row) => Rows.Add(row);

        public void On(AccountRow row) => Rows.Add(row);

        public void OnUnreadable(string what) => Gaps.Add(what);

        public void OnLogout() => Gaps.Add("logout");
    }
}
