using System.Text;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>Market payloads in all the shapes that the gateway is known, or must be feared, to send. Samples after the protocol's reference, section 4.4.</summary>
public sealed class PayloadTests
{
    private const string Es = "\"" + RecordedEvents.Es + "\"";
    private static readonly byte[] Damage = " {}[]\",:0x9eE+-.\\nultf"u8.ToArray();
    private const string At = "2026-08-19T15:00:01.201Z";

    [Theory]
    [InlineData("""{"symbol":"F.US.EP","lastPrice":5450.25,"bestBid":5450.0,"bestAsk":5450.5,"change":60.25,"changePercent":0.21,"open":5400.0,"high":5520.0,"low":5360.0,"volume":250000,"lastUpdated":"2026-08-19T15:00:01.2345678+00:00","timestamp":"2026-08-19T15:00:01.201+00:00","contract":"CON.F.US.EP.U26"}""",
        "quote 0 bid 5450 ask 5450.5 last 5450.25 volume 250000 at " + At)]
    [InlineData("""{"symbol":"F.US.EP","bestBid":5450.25,"timestamp":"2026-08-19T15:00:01.201+00:00"}""", "quote 0 bid 5450.25 ask NaN last NaN volume NaN at " + At)]
    [InlineData("""{"bestBid":"5450.25","bestAsk":"5450.5","volume":"7","timestamp":"2026-08-19T15:00:01.201Z"}""", "quote 0 bid 5450.25 ask 5450.5 last NaN volume 7 at " + At)]
    [InlineData("""{"bestBid":2208.100000000,"bestAsk":5E-7,"timestamp":"2026-08-19T15:00:01.201"}""", "quote 0 bid 2208.1 ask 5E-07 last NaN volume NaN at " + At)]
    [InlineData("""{"bestBid":null,"bestAsk":5450.5,"lastPrice":null,"timestamp":"2026-08-19T17:00:01.201+02:00"}""", "quote 0 bid NaN ask 5450.5 last NaN volume NaN at " + At)]
    [InlineData("""{"bestAsk":5450.5,"lastUpdated":"2026-08-19T15:00:01.201Z"}""", "quote 0 bid NaN ask 5450.5 last NaN volume NaN at " + At)]
    [InlineData("""{"bestAsk":5450.5,"timestamp":"2026-08-19T15:00:01.201\u002B00:00"}""", "quote 0 bid NaN ask 5450.5 last NaN volume NaN at " + At)]
    [InlineData("""{"action":1,"data":{"bestBid":5450.25,"timestamp":"2026-08-19T15:00:01.201Z"}}""", "quote 0 bid 5450.25 ask NaN last NaN volume NaN at " + At)]
    [InlineData("""{"data":[{"bestBid":5450.25,"timestamp":"2026-08-19T15:00:01.201Z"}],"action":1}""", "quote 0 bid 5450.25 ask NaN last NaN volume NaN at " + At)]
    [InlineData("""[{"bestBid":5450.25,"timestamp":"2026-08-19T15:00:01.201Z","future":{"a":[1,{"b":2}]}},null]""", "quote 0 bid 5450.25 ask NaN last NaN volume NaN at " + At)]
    public void AQuoteIsReadInAnyShape(string payload, string expected) => Assert.Equal([expected], RecordedEvents.Of("GatewayQuote", $"[{Es},{payload}]"));

    [Theory]
    [InlineData("""[{"symbolId":"F.US.EP","contractId":"CON.F.US.EP.U26","price":7701.25,"timestamp":"2026-08-19T15:00:01.201+00:00","type":1,"volume":3}]""", "trade 0 7701.25 x 3 Seller at " + At)]
    [InlineData("""{"price":7701.25,"timestamp":"2026-08-19T15:00:01.201+00:00","type":0,"volume":"3"}""", "trade 0 7701.25 x 3 Buyer at " + At)]
    [InlineData("""[{"action":0,"data":{"price":7701.25,"timestamp":"2026-08-19T15:00:01.201+00:00","type":"1","volume":3}}]""", "trade 0 7701.25 x 3 Seller at " + At)]
    [InlineData("""{"price":7701.25,"timestamp":"2026-08-19T15:00:01.201Z","type":7,"volume":3}""", "trade 0 7701.25 x 3 Unknown at " + At)]
    [InlineData("""{"timestamp":"2026-08-19T15:00:01.201Z","volume":3}""", "trade 0 NaN x 3 Unknown at " + At)]
    public void ATradeIsReadInAnyShape(string payload, string expected) => Assert.Equal([expected], RecordedEvents.Of("GatewayTrade", $"[{Es},{payload}]"));

    [Fact]
    public void AllTradesOfAnArrayComeInItsOrder() => Assert.Equal(
        ["trade 0 1 x 1 Buyer at 1970-01-01T00:00:00Z", "trade 0 2 x 2 Seller at 1970-01-01T00:00:00Z", "trade 0 3 x 3 Buyer at 1970-01-01T00:00:00Z"],
        RecordedEvents.Of("GatewayTrade", $$"""[{{Es}},[{"price":1,"volume":1,"type":0},null,{"price":2,"volume":2,"type":1},[{"price":3,"volume":3,"type":0}]]]"""));

    [Fact]
    public void DepthComesWithItsTypes() => Assert.Equal(
        ["depth 0 type 4 5450 x 2 at " + At, "depth 0 type 6 NaN x NaN at " + At],
        RecordedEvents.Of("GatewayDepth", $$"""[{{Es}},[{"timestamp":"{{At}}","type":4,"price":5450.0,"volume":2,"currentVolume":0},null,{"timestamp":"{{At}}","type":6}]]"""));

    [Theory]
    [InlineData("""["CON.F.US.EP.U26",{"bestBid":"abc","bestAsk":5450.5}]""", "unreadable: a member of an entry", "quote 0 bid NaN ask 5450.5 last NaN volume NaN at 1970-01-01T00:00:00Z")]
    [InlineData("""["CON.F.US.EP.U26",{"bestBid":{"x":1},"bestAsk":5450.5}]""", "unreadable: a member of an entry", "quote 0 bid NaN ask 5450.5 last NaN volume NaN at 1970-01-01T00:00:00Z")]
    [InlineData("""["CON.F.US.EP.U26",{"bestAsk":5450.5,"timestamp":"yesterday"}]""", "unreadable: a member of an entry", "quote 0 bid NaN ask 5450.5 last NaN volume NaN at 1970-01-01T00:00:00Z")]
    [InlineData("""["CON.F.US.EP.U26",{"bestAsk":5450.5,"timestamp":"2026-02-30T00:00:00Z"}]""", "unreadable: a member of an entry", "quote 0 bid NaN ask 5450.5 last NaN volume NaN at 1970-01-01T00:00:00Z")]
    [InlineData("""["CON.F.US.EP.U26","text"]""", "unreadable: a payload that is neither object nor array")]
    [InlineData("""["CON.F.US.EP.U26",17]""", "unreadable: a payload that is neither object nor array")]
    [InlineData("""["CON.F.US.EP.U26",[[[[[1]]]]]]""", "unreadable: a payload that is neither object nor array")]
    [InlineData("""["CON.F.US.EP.U26",{"bestBid":1,"contract":"CON.F.US.ENQ.U26"}]""", "unreadable: an entry of another contract than its message")]
    [InlineData("""["CON.F.US.EP.U26",{"bestBid":1,"contract":"CON.F.US.OTHER"}]""", "unreadable: an entry of another contract than its message")]
    [InlineData("""["CON.F.US.EP.U26",null]""")]
    [InlineData("""["CON.F.US.EP.U26",[]]""")]
    [InlineData("""["CON.F.US.EP.U26"]""")]
    [InlineData("""["CON.F.US.UNASKED",{"bestBid":1}]""")]
    [InlineData("""[]""")]
    [InlineData("""[{"bestBid":1,"contract":"CON.F.US.ENQ.U26"}]""", "quote 1 bid 1 ask NaN last NaN volume NaN at 1970-01-01T00:00:00Z")]
    public void WhatCannotBeUsedIsDroppedAndTheRestKept(string arguments, params string[] expected) => Assert.Equal(expected, RecordedEvents.Of("GatewayQuote", arguments));

    [Theory]
    [InlineData("GatewayLogout", "[]")]
    [InlineData("GatewayLogout", "[null]")]
    [InlineData("GatewayLogout", """["bye",{"reason":1}]""")]
    public void ALogoutIsUnderstoodWithAnyArguments(string target, string arguments) => Assert.Equal(["logout"], RecordedEvents.Of(target, arguments));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void RecordsMayShareAFrameAndBeCutAnywhere(int segment)
    {
        var events = new RecordedEvents();
        string quote = $$"""{"type":1,"target":"GatewayQuote","arguments":[{{Es}},{"bestBid":1,"contract":{{Es}}}]}""";
        string reversed = $$"""{"arguments":[{{Es}},{"price":2,"volume":1}],"target":"GatewayTrade","type":1}""";

        IReadOnlyList<string> others = events.Read(quote + "\u001e{\"type\":6}\u001e" + reversed + "\u001e{\"type\":3,\"invocationId\":\"0\"}\u001e{\"type\":7,\"error\":\"x\"}\u001e{\"type\":1,\"targ", segment);

        Assert.Equal(["quote 0 bid 1 ask NaN last NaN volume NaN at 1970-01-01T00:00:00Z", "trade 0 2 x 1 Unknown at 1970-01-01T00:00:00Z"], events.Lines);
        Assert.Equal(["PingMessage", "CompletionMessage", "CloseMessage", "15 bytes left"], others);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("<html>")]
    [InlineData("""{"type":1,"target":"GatewayQuote","arguments":["CON.F.US.EP.U26",{"bestBid":1}""")]
    [InlineData("""{"type":1,"target":"GatewayTrade","arguments":["CON.F.US.EP.U26",{"price":54""")]
    [InlineData("{\"type\":1,\"target\":\"GatewayTrade\",\"arguments\":[\"CON\u0001")]
    public void ABrokenRecordIsDroppedAndTheNextOneRead(string broken)
    {
        var events = new RecordedEvents();

        events.Read(broken + "\u001e" + $$"""{"type":1,"target":"GatewayTrade","arguments":[{{Es}},{"price":2,"volume":1}]}""" + "\u001e");

        Assert.Equal("unreadable: a record that is not JSON", events.Lines.SkipLast(1).Last());
        Assert.Equal("trade 0 2 x 1 Unknown at 1970-01-01T00:00:00Z", events.Lines[^1]);
    }

    /// <summary>Any byte of a record may be wrong; nothing is thrown, and the record after it is read.</summary>
    [Fact]
    public void NoDamageToARecordHurtsTheNext()
    {
        byte[] good = Encoding.UTF8.GetBytes($$"""{"type":1,"target":"GatewayTrade","arguments":[{{Es}},[{"contractId":{{Es}},"price":7701.25,"timestamp":"2026-08-19T15:00:01.201+00:00","type":1,"volume":3}]]}""");
        var chance = new Random(20260819);
        for (int round = 0; round < 5_000; round++)
        {
            byte[] damaged = [.. good];
            for (int hit = chance.Next(1, 4); hit > 0; hit--) damaged[chance.Next(damaged.Length)] = Damage[chance.Next(Damage.Length)];
            int length = chance.Next(4) == 0 ? chance.Next(damaged.Length) : damaged.Length;
            var events = new RecordedEvents();

            events.Read(Encoding.UTF8.GetString(damaged, 0, length) + "\u001e" + $$"""{"type":1,"target":"GatewayTrade","arguments":[{{Es}},{"price":2,"volume":1}]}""" + "\u001e");

            Assert.Equal("trade 0 2 x 1 Unknown at 1970-01-01T00:00:00Z", events.Lines[^1]);
        }
    }
}
