using FsCheck;
using FsCheck.Fluent;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Laws that hold after every input, whatever a venue, a person at the same account and an operator do, possible or not.</summary>
public sealed class AccountLawsTests
{
    private const int Strategies = 3;

    [Fact]
    public void TheLawsHoldAfterEveryInput() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var world = new World(seed);
            for (int step = 0; step < 400; step++) world.Step();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void RestoredAnywhereItGoesOnAsIfNothingHadHappened() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var world = new World(seed);
            for (int step = 0; step < 300; step++) world.Step();
            int cut = new Random(seed).Next(world.Inputs.Count);
            Core.Engine.Engine first = World.NewEngine(), second = World.NewEngine();
            foreach (Input input in world.Inputs.Take(cut)) first.Process(in input);
            second.Restore(first.TakeSnapshot());
            foreach (Input input in world.Inputs.Skip(cut)) second.Process(in input);
            Assert.Equal(world.Engine.OutputHash, second.OutputHash);
            Assert.Equal(world.Engine.TakeSnapshot().Length, second.TakeSnapshot().Length);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    /// <summary>An engine with three strategies on two instruments that is told all kinds of things, and what must be true of it.</summary>
    private sealed class World(int seed)
    {
        private static readonly BrokerEventKind[] Words = [.. Enum.GetValues<BrokerEventKind>().Where(kind => kind is not (BrokerEventKind.None or BrokerEventKind.Filled or BrokerEventKind.Busted))];
        private static readonly CommandKind[] Commands = [CommandKind.Pause, CommandKind.Resume, CommandKind.Resume, CommandKind.Flatten, CommandKind.ResumeStrategy];
        private static readonly AccountEventKind[] States = [AccountEventKind.Unsynced, AccountEventKind.Synced, AccountEventKind.Synced, AccountEventKind.Restricted];

        private readonly Random _chance = new(seed);
        private readonly List<Order> _orders = [];
        private readonly Dictionary<long, OrderStatus> _told = [];
        private readonly Dictionary<long, decimal> _filled = [];
        private readonly Dictionary<long, (Order Order, decimal Quantity, decimal Price)> _executions = [];
        private readonly decimal[] _held = new decimal[Strategies];
        private Timestamp _now = Bench.Start;
        private long _execution;

        public Core.Engine.Engine Engine { get; } = NewEngine();

        public List<Input> Inputs { get; } = [];

        public static Core.Engine.Engine NewEngine()
        {
            var engine = new Core.Engine.Engine(new EngineOptions
            {
                Instruments = [Bench.Es, new Instrument("NQ", AssetClass.Future, 0.25m, 20m, ContinuousCalendar.Instance)],
                StartingCash = 10_000_000m,
                AllowShort = true,
                Rules = [new MaxPosition(12), new OrderRate(60, TimeSpan.FromSeconds(10))],
            });
            for (int i = 0; i < Strategies; i++) engine.Add(new Fickle(i), i == 0 ? 0 : 1, Timeframe.OneMinute);
            return engine;
        }

        public void Step()
        {
            if (_chance.Next(3) == 0) _now += TimeSpan.FromMilliseconds(_chance.Next(1, 3000));
            switch (_chance.Next(20))
            {
                case < 5: Bar(); break;
                case 5 or 6: Give(Input.Timer(_now)); break;
                case 7: Give(new Input(_chance.Next(2), _now, new AccountEvent(AccountEventKind.ExternalFill, ++_execution, _chance.Next(1, 4) * (_chance.Next(2) * 2 - 1), Traded(), 1.25m))); break;
                case 8: Give(new Input(-1, _now, new AccountEvent(States[_chance.Next(States.Length)]))); break;
                case 9 when _chance.Next(4) == 0: Give(new Input(_now, new Command(Commands[_chance.Next(Commands.Length)], _chance.Next(Strategies)))); break;
                case 10: Bust(); break;
                case 11: Unknown(); break;
                default: Tell(); break;
            }
        }

        private decimal Price() => 5000m + _chance.Next(-40, 41) * 0.25m;

        /// <summary>Of an execution, or of what a venue tells as the mean of three: a price with as many digits as there are.</summary>
        private decimal Traded() => _chance.Next(4) == 0 ? Price() + 1m / 3m : Price();

        private void Bar()
        {
            double price = (double)Price();
            Timestamp end = _now + TimeSpan.FromMinutes(1);
            Give(new Input(_chance.Next(2), new Bar(_now, end, price, price, price, price, 1)));
            _now = end;
        }

        /// <summary>Something about one of the latest orders, or an old one: an execution, a repetition, or any other word.</summary>
        private void Tell()
        {
            if (_orders.Count == 0) return;
            Order order = _orders[_chance.Next(2) == 0 ? _chance.Next(_orders.Count) : Math.Max(0, _orders.Count - 1 - _chance.Next(3))];
            if (_chance.Next(3) > 0)
            {
                Give(new Input(_now, new BrokerEvent(Words[_chance.Next(Words.Length)], order.Id), _chance.Next(2) == 0 ? null : $"B-{order.Id}"));
                return;
            }
            if (_chance.Next(4) == 0 && _executions.Count > 0)
            {
                (long id, (Order of, decimal quantity, decimal price)) = _executions.ElementAt(_chance.Next(_executions.Count));
                Give(new Input(_now, new BrokerEvent(BrokerEventKind.Filled, of.Id, id, quantity, price, 0.5m)));
                return;
            }
            // Now and then more than was ordered.
            decimal part = Math.Max(1m, _chance.Next(10) == 0 ? order.Quantity + 1m : _chance.Next(1, (int)Math.Max(1m, order.RemainingQuantity) + 1));
            _executions.Add(++_execution, (order, part, Traded()));
            Give(new Input(_now, new BrokerEvent(BrokerEventKind.Filled, order.Id, _execution, part, _executions[_execution].Price, 0.5m)));
        }

        private void Bust()
        {
            if (_executions.Count == 0) return;
            (long id, (Order of, decimal quantity, decimal price)) = _executions.ElementAt(_chance.Next(_executions.Count));
            Give(new Input(_now, new BrokerEvent(BrokerEventKind.Busted, of.Id, id, quantity, price, 0.5m), "busted"));
        }

        private void Unknown() => Give(new Input(_chance.Next(2), _now, new BrokerEvent(BrokerEventKind.Filled, new OrderId(1_000_000), ++_execution, _chance.Next(2) * 2 - 1, Traded(), Traded() / 5000m)));

        private void Give(Input input)
        {
            Inputs.Add(input);
            bool isClosed = Engine.State != TradingState.Active;
            for (int i = 0; i < Strategies; i++) _held[i] = Engine.Strategy(i).Position.Quantity;
            foreach (Output output in Engine.Process(in input)) Check(in output, isClosed && Engine.State != TradingState.Active);
            foreach (Order order in _orders)
            {
                Assert.Equal(_told[order.Id.Value], order.Status);
                Assert.Equal(!order.Status.IsFinal(), Engine.Market(order.Instrument).Working.Contains(order));
                Assert.Equal(_executions.Values.Where(execution => execution.Order == order).Sum(execution => execution.Quantity), order.FilledQuantity);
                Assert.InRange(order.Sends, 1, 2);
            }
            for (int i = 0; i < 2; i++)
            {
                decimal ours = Enumerable.Range(0, Strategies).Select(Engine.Strategy).Where(strategy => strategy.Instrument == i).Sum(strategy => strategy.Position.Quantity);
                Assert.Equal(Engine.Account.PositionOf(i).Quantity, ours + Engine.Market(i).External);
            }
            Core.Portfolio.Account account = Engine.Account;
            Assert.Equal(account.StartingCash + account.RealizedPnl - account.Fees, account.Cash);
        }

        private void Check(in Output output, bool isClosed)
        {
            if (output.Kind == OutputKind.OrderSubmitted && output.Order.Sends == 1) CheckNew(output.Order, isClosed);
            if (output.Kind == OutputKind.FillBooked && !output.Fill.IsExternal) CheckFill(in output.Fill, isClosed);
            if (output.Kind != OutputKind.OrderChanged) return;
            OrderChanged changed = output.OrderChanged;
            // Each change goes on from where the one before had ended: nothing changes a status untold.
            Assert.Equal(_told[changed.Order.Value], changed.Before);
            if (changed.Before.IsFinal() && !changed.Status.IsFinal()) Assert.True(changed.Event is OrderEvent.FilledPartly or OrderEvent.Found, $"{changed.Event} opened what was {changed.Before}");
            Assert.True(changed.FilledQuantity >= _filled[changed.Order.Value]);
            _filled[changed.Order.Value] = changed.FilledQuantity;
            _told[changed.Order.Value] = changed.Status;
        }

        /// <summary>Paused, only a venue's execution makes a position larger: nothing that meets inside does.</summary>
        private void CheckFill(in Fill fill, bool isClosed)
        {
            ref decimal held = ref _held[fill.Strategy];
            bool isInside = fill.Order.IsNone && !fill.IsReversal;
            Assert.True(!isClosed || !isInside || (held * fill.PositionAfter >= 0m && Math.Abs(fill.PositionAfter) < Math.Abs(held)), $"What met inside while trading was paused took strategy {fill.Strategy} from {held} to {fill.PositionAfter}.");
            held = fill.PositionAfter;
        }

        /// <summary>Paused, an order takes from each strategy that it is for, and with all that works beside it never more than that one holds, whatever the account holds.</summary>
        private void CheckOnlyReduces(Order order)
        {
            for (int i = 0; i < order.ShareCount; i++)
            {
                OrderShare share = order.Share(i);
                decimal beside = _orders.Where(other => other.Purpose == OrderPurpose.Target && other.Instrument == order.Instrument && other.Side == order.Side && !other.Status.IsFinal()).Sum(other => WorstOf(other, share.Strategy));
                decimal held = _held[share.Strategy];
                Assert.True(share.Quantity * held < 0m && Math.Abs(share.Quantity) + beside <= Math.Abs(held), $"Order {order.Id} takes {share.Quantity} from the {held} of strategy {share.Strategy}, {beside} beside it, while trading is paused.");
            }
        }

        /// <summary>Shares fill one after the other; a modification that nobody answered may have taken effect.</summary>
        private static decimal WorstOf(Order order, int strategy)
        {
            decimal skip = order.FilledQuantity, left = 0m;
            for (int i = 0; i < order.ShareCount; i++)
            {
                decimal size = order.ShareCount == 1 ? Math.Max(order.Quantity, order.AskedTerms?.Quantity ?? 0m) : Math.Abs(order.Share(i).Quantity);
                if (order.Share(i).Strategy == strategy) left += Math.Max(0m, size - skip);
                skip = Math.Max(0m, skip - size);
            }
            return left;
        }

        private void CheckNew(Order order, bool isClosed)
        {
            if (isClosed && order.Purpose == OrderPurpose.Target) CheckOnlyReduces(order);
            decimal held = Engine.Account.PositionOf(order.Instrument).Quantity;
            bool reduces = order.Share(0).Quantity * held < 0m && order.FirstTerms.Quantity <= Math.Abs(held);
            bool isBesideDoubt = _orders.Exists(other => other.Instrument == order.Instrument && _told[other.Id.Value] == OrderStatus.InDoubt);
            Assert.True(order.Purpose != OrderPurpose.Target || reduces || !isBesideDoubt, $"Order {order.Id} adds risk beside one in doubt.");
            _orders.Add(order);
            _told.Add(order.Id.Value, OrderStatus.Sending);
            _filled.Add(order.Id.Value, 0m);
        }
    }

    /// <summary>Wishes something else at each bar, by a chance of its own.</summary>
    private sealed class Fickle(int seed) : Core.Strategies.Strategy
    {
        private long _state = seed;

        protected override void OnBar(in Bar bar)
        {
            _state = _state * 6364136223846793005 + 1442695040888963407;
            int draw = (int)((ulong)_state >> 33);
            double price = bar.Close;
            switch (draw % 6)
            {
                case 0: Close("flat"); break;
                case 1: Emit(new Wish(SignalAction.Buy, "long") { Quantity = 1 + draw / 8 % 4, StopLoss = price - 10, TakeProfit = price + 20 }); break;
                case 2: Emit(new Wish(SignalAction.Sell, "short") { Quantity = 1 + draw / 8 % 4, StopLoss = price + 10 }); break;
                case 3: Emit(new Wish(SignalAction.Buy, "dip") { Quantity = 2, OrderType = OrderType.Limit, LimitPrice = price - 2, StopLoss = price - 15 }); break;
                case 4: Emit(new Wish(SignalAction.Buy, "break") { Quantity = 2, OrderType = OrderType.Stop, StopPrice = price + 2 }); break;
                default: break;
            }
        }
    }
}
