using System.Threading.Channels;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.Streams;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>A full inbox holds the market back; it never costs a trade.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task WhileTheInboxIsFullQuotesGiveWayToNewerOnesAndNothingElseIsLost()
    {
        using var metrics = new FeedMetrics();
        Channel<FeedInput> inbox = Channel.CreateBounded<FeedInput>(2);
        var delivery = new Delivery(inbox.Writer, metrics, CancellationToken.None);

        string[] written = ["t0", "t1", "q0:1", "q1:1", "q0:2", "q0:3", "t0", "q0:4", "q1:2", "q0:5"];
        foreach (string input in written) delivery.Write(Input(input));
        Task room = delivery.WaitAsync(ScriptedGateway.Patience).AsTask();
        bool wasPaused = !room.IsCompleted;
        List<string> read = [];
        while (read.Count < 6) read.Add(Text(await inbox.Reader.ReadAsync(ScriptedGateway.Patience)));
        await room;
        delivery.Write(Input("t1"));
        read.Add(Text(await inbox.Reader.ReadAsync(ScriptedGateway.Patience)));

        Assert.True(wasPaused);
        Assert.Equal(["t0", "t1", "q0:3", "q1:2", "t0", "q0:5", "t1"], read);
        Assert.Equal(4, metrics.Conflated);
    }

    [Theory]
    [InlineData("the feed is stopped")]
    [InlineData("the reader has ended")]
    [InlineData("the reader has failed")]
    public async Task WhenNobodyWillReadAnyMoreNothingWaits(string why)
    {
        using var metrics = new FeedMetrics();
        using var stop = new CancellationTokenSource();
        Channel<FeedInput> inbox = Channel.CreateBounded<FeedInput>(1);
        var delivery = new Delivery(inbox.Writer, metrics, stop.Token);
        delivery.Write(Input("t0"));
        delivery.Write(Input("t0"));
        Task room = delivery.WaitAsync(ScriptedGateway.Patience).AsTask();

        if (why == "the feed is stopped") await stop.CancelAsync();
        else inbox.Writer.Complete(why == "the reader has failed" ? new InvalidOperationException(why) : null);

        await room;
        delivery.Write(Input("t0"));
        await delivery.WaitAsync(ScriptedGateway.Patience);
    }

    [Fact]
    public async Task AFeedWhoseConsumerStopsStopsReadingAndGoesOnWithoutALossWhenItReturns()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"], capacity: 64);
        const string Es = "CON.F.US.EP.U26";
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        run.IsReading = false;

        for (int i = 0; i < 2_000; i++) await gateway.Trade(Es, 5000 + 0.25 * (i % 4), 100);
        run.IsReading = true;
        await run.Until(() => run.Inputs.Count(input => input.Input.Kind == InputKind.Trade && input.Input.Trade.Size == 100) >= 2_000, stepMilliseconds: 1);

        Assert.Equal(2_000, run.Inputs.Count(input => input.Input.Kind == InputKind.Trade && input.Input.Trade.Size == 100));
        Assert.Equal([FeedEventKind.Up], run.Events(0));
    }

    private static FeedInput Input(string text)
    {
        int instrument = text[1] - '0';
        return text[0] == 't' ? new(new Input(instrument, new Trade(default, 1, 1)), 0) : new(new Input(instrument, new Quote(default, text[3] - '0', 9)), 0);
    }

    private static string Text(FeedInput input) => input.Input.Kind == InputKind.Trade ? $"t{input.Input.Instrument}" : $"q{input.Input.Instrument}:{input.Input.Quote.Bid}";
}
