using System.Collections.Concurrent;
using System.Threading.Channels;
using Tradewind.Brokers.Tests.ProjectX;
using Tradewind.Brokers.Tests.Running;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.Sending;

/// <summary>Nothing is handed to the broker without the right to act on the account, and the right lasts until the hand-over is over.</summary>
public sealed class OutboxFenceTests : IAsyncDisposable
{
    private const string Refusal = "another engine leads the account";

    private readonly ConcurrentQueue<string> _steps = new();
    private readonly Channel<FeedInput> _inbox = Channel.CreateUnbounded<FeedInput>();
    private readonly Fence _fence;
    private readonly SlowBroker _broker;
    private readonly Outbox _outbox;
    private readonly Order _order = ApprovedOrders.On(0).Single();

    public OutboxFenceTests()
    {
        _fence = new(_steps);
        _broker = new(_steps);
        _outbox = new(_broker, new MemoryJournal(), _inbox.Writer, instruments: 1, _fence);
    }

    public async ValueTask DisposeAsync() => await _outbox.DisposeAsync();

    [Theory]
    [InlineData("submit", BrokerEventKind.NotSent)]
    [InlineData("cancel", BrokerEventKind.CancelRejected)]
    [InlineData("modify", BrokerEventKind.ModifyNotSent)]
    public async Task WhoMayNotActIsToldWhyAndTheBrokerHearsNothing(string what, BrokerEventKind kind)
    {
        _fence.Rights = 0;
        _broker.Over.SetResult();

        Post(what);
        await Drain();

        Assert.Empty(_steps);
        Assert.True(_inbox.Reader.TryRead(out FeedInput told));
        Assert.Equal((kind, _order.Id, Refusal), (told.Input.Broker.Kind, told.Input.Broker.Order, told.Input.Text));
        Assert.False(_inbox.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("cancel")]
    [InlineData("modify")]
    public async Task TheRightIsGivenBackOnceTheHandOverIsOver(string what)
    {
        Post(what);
        await _broker.Begun.Task.WaitAsync(ScriptedGateway.Patience);
        Assert.Equal(["entered", "begun"], _steps);

        _broker.Over.SetResult();
        await Drain();

        Assert.Equal(["entered", "begun", "over", "left"], _steps);
    }

    [Fact]
    public async Task TheRightIsGivenBackAfterAHandOverThatFails()
    {
        Post("submit");
        _broker.Over.SetException(new IOException("the connection was reset"));
        await Drain();

        Assert.Equal(["entered", "begun", "left"], _steps);
    }

    [Fact]
    public async Task EachHandOverAsksAgain()
    {
        _fence.Rights = 1;
        _broker.Over.SetResult();

        Post("submit");
        Post("cancel");
        await Drain();

        Assert.Equal(["entered", "begun", "over", "left"], _steps);
        Assert.True(_inbox.Reader.TryRead(out FeedInput told));
        Assert.Equal(BrokerEventKind.CancelRejected, told.Input.Broker.Kind);
    }

    private void Post(string what)
    {
        if (what == "submit") _outbox.Submit(_order, sequence: 1);
        else if (what == "cancel") _outbox.Cancel(_order, sequence: 1);
        else _outbox.Modify(_order, default, sequence: 1);
    }

    private async Task Drain() => Assert.True(await _outbox.DrainAsync(TimeSpan.FromMinutes(3), TimeProvider.System));

    private sealed class Fence(ConcurrentQueue<string> steps) : IFence, IDisposable
    {
        /// <summary>How many it gives before it refuses.</summary>
        public int Rights { get; set; } = int.MaxValue;

        public ValueTask<IDisposable> EnterAsync(CancellationToken cancel)
        {
            if (Rights-- < 1) throw new NotSentException(Refusal);
            steps.Enqueue("entered");
            return new(this);
        }

        public void Dispose() => steps.Enqueue("left");
    }

    /// <summary>Is over with each hand-over when the test says so.</summary>
    private sealed class SlowBroker(ConcurrentQueue<string> steps) : IBroker
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "slow";

        public BrokerCapabilities Capabilities { get; } = new();

        public Task RunAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel) => Task.CompletedTask;

        public ValueTask SubmitAsync(Order order, CancellationToken cancel) => HandOver(cancel);

        public ValueTask ModifyAsync(Order order, OrderTerms terms, CancellationToken cancel) => HandOver(cancel);

        public ValueTask CancelAsync(Order order, CancellationToken cancel) => HandOver(cancel);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async ValueTask HandOver(CancellationToken cancel)
        {
            steps.Enqueue("begun");
            Begun.TrySetResult();
            await Over.Task.WaitAsync(cancel);
            steps.Enqueue("over");
        }
    }
}
