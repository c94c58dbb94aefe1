using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>An order's life, told in any order, twice or with gaps, is held after each word against a plain model that knows nothing of the engine's table.</summary>
public sealed class LifecycleModelTests
{
    private const int Ordered = 6;
    private const decimal Start = 1_000_000m;
    private const decimal Mark = 5000m;

    // From → to. What ended is opened by an execution alone, and where the venue had said the end, that follows at once.
    private static readonly string[] Steps =
    [
        "Sending>Working", "Sending>PartiallyFilled", "Sending>Filled", "Sending>Canceled", "Sending>Rejected", "Sending>Expired", "Sending>InDoubt", "Sending>CancelPending",
        "Working>PartiallyFilled", "Working>Filled", "Working>Canceled", "Working>Rejected", "Working>Expired", "Working>CancelPending",
        "PartiallyFilled>Filled", "PartiallyFilled>Canceled", "PartiallyFilled>Rejected", "PartiallyFilled>Expired", "PartiallyFilled>CancelPending",
        "CancelPending>Sending", "CancelPending>Working", "CancelPending>PartiallyFilled", "CancelPending>Filled", "CancelPending>Canceled", "CancelPending>Rejected", "CancelPending>Expired", "CancelPending>InDoubt",
        "InDoubt>Sending", "InDoubt>Working", "InDoubt>PartiallyFilled", "InDoubt>Filled", "InDoubt>Canceled", "InDoubt>Rejected", "InDoubt>Expired",
        "Canceled>PartiallyFilled", "Canceled>Filled", "Rejected>PartiallyFilled", "Rejected>Filled", "Expired>PartiallyFilled", "Expired>Filled",
    ];

    [Fact]
    public void AfterEachWordTheOrderIsWhereThePlainModelSays() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => Check(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    private static void Check(Random chance)
    {
        BrokerEvent[] words = Words(chance);
        // The operator ends the session somewhere in between; what the venue takes back is told after that only, because before it the engine would order anew.
        int busted = Array.FindIndex(words, word => word.Kind == BrokerEventKind.Busted);
        int stop = chance.Next((busted < 0 ? words.Length : busted) + 1);
        var bench = new Bench(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = Ordered, OrderType = OrderType.Limit, LimitPrice = 5000 }); }));
        bench.Bar(5000);
        Order order = bench.Submitted.Single();
        var model = new Model();
        for (int i = 0; i <= words.Length; i++)
        {
            if (i == stop)
            {
                bench.Command(CommandKind.Stop);
                model.WantCancel();
                model.Compare(order, bench, "stop");
            }
            if (i == words.Length) break;
            bench.Give(new Input(bench.Engine.Now, words[i] with { Order = order.Id }));
            model.On(words[i]);
            model.Compare(order, bench, string.Join(' ', words[..(i + 1)].Select(word => $"{word.Kind}{word.ExecutionId}")) + $" (stop before {stop})");
        }
        foreach (Output output in bench.Of(OutputKind.OrderChanged))
        {
            if (output.OrderChanged is { } changed && changed.Order == order.Id && changed.Before != changed.Status) Assert.Contains($"{changed.Before}>{changed.Status}", Steps);
        }
    }

    /// <summary>All that a venue could say of one order, some of it lost, some of it twice, in any order.</summary>
    private static BrokerEvent[] Words(Random chance)
    {
        List<BrokerEvent> words = [new(BrokerEventKind.Accepted, default)];
        for (int filled = 0, execution = 1; filled < Ordered; execution++)
        {
            int part = chance.Next(1, Ordered - filled + 1);
            words.Add(new(BrokerEventKind.Filled, default, execution, part, 5000m - execution, 0.5m));
            if (chance.Next(4) == 0) words.Add(words[^1] with { Kind = BrokerEventKind.Busted });
            filled += part;
        }
        foreach (BrokerEventKind kind in (BrokerEventKind[])[BrokerEventKind.SubmitInDoubt, BrokerEventKind.CancelRejected, BrokerEventKind.CancelInDoubt, BrokerEventKind.Canceled, BrokerEventKind.Expired, BrokerEventKind.Rejected])
        {
            if (chance.Next(3) == 0) words.Add(new(kind, default));
        }
        BrokerEvent[] told = [.. words.Where(_ => chance.Next(4) > 0)];
        told = [.. told, .. told.Where(_ => chance.Next(4) == 0)];
        chance.Shuffle(told);
        return told;
    }

    /// <summary>What anybody would note on paper.</summary>
    private sealed class Model
    {
        private readonly Dictionary<long, BrokerEvent> _executions = [];
        private readonly HashSet<long> _takenBack = [];
        private OrderStatus? _end;
        private bool _isSeen;
        private bool _isOver;
        private bool _wantsCancel;
        private bool _isCancelSilent;
        private bool _isSubmitSilent;

        private decimal Filled => _executions.Values.Sum(execution => execution.Quantity);

        private IEnumerable<BrokerEvent> Standing => _executions.Values.Where(execution => !_takenBack.Contains(execution.ExecutionId));

        /// <summary>The operator wants it gone.</summary>
        public void WantCancel() => _isOver = _wantsCancel = true;

        public void On(BrokerEvent word)
        {
            switch (word.Kind)
            {
                case BrokerEventKind.Filled: Fill(word); break;
                case BrokerEventKind.Busted: _takenBack.Add(word.ExecutionId); break;
                case BrokerEventKind.Accepted: See(); break;
                case BrokerEventKind.SubmitInDoubt when !_isSeen && _end is null: (_isSubmitSilent, _isCancelSilent) = (true, false); break;
                case BrokerEventKind.CancelInDoubt when _wantsCancel && !_isSubmitSilent: _isCancelSilent = true; break;
                case BrokerEventKind.CancelRejected when _wantsCancel && !_isSubmitSilent: Refuse(); break;
                case BrokerEventKind.Canceled: _end ??= OrderStatus.Canceled; break;
                case BrokerEventKind.Expired: _end ??= OrderStatus.Expired; break;
                case BrokerEventKind.Rejected: _end ??= OrderStatus.Rejected; break;
                default: break;
            }
        }

        public void Compare(Order order, Bench bench, string told)
        {
            decimal net = Standing.Sum(execution => execution.Quantity);
            decimal equity = Start + Standing.Sum(execution => (Mark - execution.Price) * execution.Quantity * Bench.Es.PointValue - execution.Fee);
            string mine = string.Create(CultureInfo.InvariantCulture, $"{Status} {Doubt} filled {Filled} of them taken back {Filled - net}, net {net}, worth {equity:0.00}");
            string theirs = string.Create(CultureInfo.InvariantCulture, $"{order.Status} {order.Doubt} filled {order.FilledQuantity} of them taken back {order.BustedQuantity}, net {bench.Net}, worth {bench.Engine.Account.ExactEquity():0.00}");
            Assert.True(mine == theirs, $"after {told}:\nmodel:  {mine}\nengine: {theirs}");
        }

        private OrderStatus Status =>
            _end is { } end ? end
            : _isSubmitSilent || _isCancelSilent ? OrderStatus.InDoubt
            : _wantsCancel ? OrderStatus.CancelPending
            : Filled > 0 ? OrderStatus.PartiallyFilled
            : _isSeen ? OrderStatus.Working : OrderStatus.Sending;

        private OrderDoubt Doubt => Status != OrderStatus.InDoubt ? OrderDoubt.None : _isSubmitSilent ? OrderDoubt.Submit : OrderDoubt.Cancel;

        /// <summary>It is there: the sending is answered, and a cancel that was not answered is asked for again.</summary>
        private void See()
        {
            _isSeen = true;
            if (_isSubmitSilent || _isCancelSilent) Break();
        }

        /// <summary>The end of a silence: what is to go is canceled anew.</summary>
        private void Break()
        {
            _isSubmitSilent = _isCancelSilent = false;
            _wantsCancel = _isOver;
        }

        private void Fill(BrokerEvent word)
        {
            if (!_executions.TryAdd(word.ExecutionId, word)) return;
            _isSeen = true;
            if (_isSubmitSilent) Break();
            if (Filled >= Ordered) _end = OrderStatus.Filled;
        }

        /// <summary>A refusal that ends a silence is asked for again at once; any other waits.</summary>
        private void Refuse()
        {
            if (_isCancelSilent) Break();
            else _wantsCancel = false;
        }
    }
}
