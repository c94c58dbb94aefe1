using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>What holds for every execution algorithm, whatever market and broker do. A new one is found by itself, and needs a sample here.</summary>
public sealed class ExecutionContractTests
{
    private const int Seeds = 80;
    private const int Steps = 500;
    private static readonly TimeSpan Over = TimeSpan.FromSeconds(25);

    private static readonly ExecutionAlgorithm[] Samples =
    [
        new Twap(Over, 5) { Jitter = 0.5, Seed = 3, Leftover = Leftover.Market },
        new Vwap(Over, 7),
        new Iceberg(2) { Over = Over, Leftover = Leftover.Market },
        new Participation(0.6) { Most = 2 },
    ];

    public static TheoryData<string> Names => [.. ExecutionLibrary.Names];

    [Fact]
    public void EachHasASample() => Assert.Equal(ExecutionLibrary.Names.Order(), Samples.Select(sample => sample.Name).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void ItsSettingsMakeItAgain(string name)
    {
        ExecutionAlgorithm sample = SampleOf(name);
        Assert.Equal(sample, ExecutionLibrary.Create(name, sample.Terms));
        Assert.StartsWith(name, sample.Words, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingIsSentBeyondTheParent(string name)
    {
        int children = 0, full = 0;
        decimal late = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            Core.Engine.Engine engine = Engine(name, seed);
            Dictionary<long, decimal> parents = [];
            int known = 0;
            WildBroker? broker = null;
            broker = new WildBroker(engine, seed)
            {
                ChangesItsMind = true,
                Check = () =>
                {
                    if (engine.Strategy(0).Execution is { Number: > 0 } execution) parents.TryAdd(execution.Number, execution.Quantity);
                    foreach (Order child in broker!.Orders.Skip(known).Where(order => order.Parent != 0))
                    {
                        decimal committed = Committed(broker.Orders, child.Parent);
                        Assert.True(committed <= parents[child.Parent], $"Seed {seed}, {engine.Now}: {committed} of the {parents[child.Parent]} of execution {child.Parent} with child {child.Id}.");
                        Assert.Equal(Math.Truncate(child.Quantity), child.Quantity);
                        full += committed == parents[child.Parent] ? 1 : 0;
                        children++;
                    }
                    known = broker.Orders.Count;
                },
            };
            for (int step = 0; step < Steps; step++) broker.Step();
            late += broker.FilledLate;
        }
        Assert.True(children > Seeds * 5 && full > Seeds / 8 && late > Seeds, $"{children} children, {full} parents committed whole, {late} filled late: that tests little.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoChildWorksOnOnceItIsStopped(string name)
    {
        int stopped = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            Core.Engine.Engine engine = Engine(name, seed);
            var broker = new WildBroker(engine, seed);
            for (int step = 0; step < Steps / 2 + seed; step++) broker.Step();
            stopped += Open(broker).Count();
            broker.Command(seed % 2 == 0 ? CommandKind.Flatten : CommandKind.Stop);
            decimal held = engine.Account.PositionOf(0).Quantity;
            Assert.All(Open(broker), child => Assert.True(IsEnding(child) || Closes(child, held), $"Seed {seed}: child {child.Id} is {child.Status}."));
            int before = broker.Orders.Count(order => order.Parent != 0);
            for (int step = 0; step < 100; step++) broker.Step();
            // After a flatten a strategy may still wish to close.
            if (engine.State == Core.Risk.TradingState.Halted) Assert.Equal(before, broker.Orders.Count(order => order.Parent != 0));
        }
        Assert.True(stopped > 10, $"{stopped} children worked when it was stopped: that tests little.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnEngineRestoredAnywhereGoesOnAsTheOneBeforeDid(string name)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Core.Engine.Engine engine = Engine(name, seed);
            var broker = new WildBroker(engine, seed) { ChangesItsMind = true };
            int half = Steps * (seed + 1) / 41;
            for (int step = 0; step < half; step++) broker.Step();
            int given = broker.Given.Count;
            Core.Engine.Engine restored = Engine(name, seed);
            restored.Restore(engine.TakeSnapshot());
            for (int step = half; step < Steps; step++) broker.Step();
            foreach (Input input in broker.Given.Skip(given)) restored.Process(in input);
            Assert.Equal(engine.OutputHash, restored.OutputHash);
            Core.Engine.Engine again = Engine(name, seed);
            foreach (Input input in broker.Given) again.Process(in input);
            Assert.Equal(engine.OutputHash, again.OutputHash);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OnceTheBrokerAnswersAgainTheWishIsReachedOrTheExecutionSaysWhyNot(string name)
    {
        int reached = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            Core.Engine.Engine engine = Engine(name, seed);
            var broker = new WildBroker(engine, seed);
            for (int step = 0; step < Steps; step++) broker.Step();
            broker.Heal();
            if (engine.Strategy(0).Execution is not { } execution) continue;
            Assert.True(execution.Filled <= execution.Quantity, $"Seed {seed}: {execution}");
            if (execution.State == ExecutionState.Stopped) Assert.NotNull(execution.Why);
            if (execution.State == ExecutionState.Done) Assert.Equal(execution.Quantity, execution.Filled);
            if (engine.Strategy(0).Position.Quantity == engine.Strategy(0).Target) reached++;
        }
        Assert.True(reached > 0, "No wish was ever reached.");
    }

    private static decimal Committed(IReadOnlyList<Order> orders, long parent) =>
        orders.Where(order => order.Parent == parent).Sum(order => order.FilledQuantity - order.BustedQuantity + (order.Status.IsFinal() ? 0m : order.WorstRemaining));

    private static IEnumerable<Order> Open(WildBroker broker) => broker.Orders.Where(order => order.Parent != 0 && !order.Status.IsFinal());

    private static bool IsEnding(Order child) => child.Status == OrderStatus.CancelPending || child.Doubt == OrderDoubt.Cancel || child.IsCancelWanted;

    private static bool Closes(Order child, decimal held) => held != 0m && held > 0m == (child.Side == Side.Sell) && child.RemainingQuantity <= Math.Abs(held);

    private static ExecutionAlgorithm SampleOf(string name) => Samples.Single(sample => sample.Name == name);

    private static Core.Engine.Engine Engine(string name, int seed)
    {
        var engine = new Core.Engine.Engine(Bench.Options() with { ProtectionLimit = TimeSpan.FromSeconds(2), CanModifyOrders = seed % 3 != 0 });
        engine.Add(new Wild(SampleOf(name), seed), 0, Timeframe.Seconds(5));
        return engine;
    }

    /// <summary>Wishes by chance, now and then; most with the execution, some with a stop.</summary>
    private sealed class Wild(ExecutionAlgorithm execution, int seed) : Strategy
    {
        private readonly ExecutionAlgorithm _execution = execution;
        private uint _state = (uint)seed * 2654435761 + 1;

        protected override void OnBar(in Bar bar)
        {
            _state = _state * 1664525 + 1013904223;
            uint dice = _state >> 16;
            if (dice % 5 > 1) return;
            SignalAction action = (dice / 5 % 5) switch { 0 or 1 => SignalAction.Buy, 2 or 3 => SignalAction.Sell, _ => SignalAction.Close };
            double sign = action == SignalAction.Sell ? -1 : 1;
            bool isLimit = _execution is Iceberg || dice % 3 == 0;
            Emit(new Wish(action, "test")
            {
                Quantity = action == SignalAction.Close ? 0 : 4 + dice / 7 % 8,
                StopLoss = action == SignalAction.Close || dice % 2 == 0 ? null : bar.Close - sign * 12,
                OrderType = isLimit ? OrderType.Limit : OrderType.Market,
                LimitPrice = isLimit ? bar.Close : null,
                Execution = dice % 11 == 0 && !isLimit ? null : _execution,
            });
        }
    }
}
