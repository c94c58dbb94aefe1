using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders.Execution;

/// <summary>An order that is never sent itself: what of a strategy's wish its children are to fill. It lasts as long as the wish does, also when it is over.</summary>
internal sealed class ParentOrder : ISnapshot
{
    private State _state;
    private string? _why;

    public ParentOrder()
    {
    }

    public ParentOrder(int strategy, long signal) => (_state.Strategy, _state.Signal) = (strategy, signal);

    /// <summary>All that changes.</summary>
    public ref State Now => ref _state;

    /// <summary>Why it was stopped; null where it was not.</summary>
    public string? Why { get => _why; set => _why = value; }

    public bool IsRunning => _state.Status == ExecutionState.Running;

    public bool IsOver => _state.Status > ExecutionState.Running;

    public decimal Open => _state.Quantity - _state.Filled;

    public ParentProgress ProgressIn(MarketState market, Timestamp now) => new(_state.Number, _state.Start, now, _state.End, _state.Quantity, _state.Traded) { Curve = market.Curve };

    /// <summary>Units that its children could still fill at most, those in doubt and those being canceled among them.</summary>
    public decimal WorkingIn(MarketState market)
    {
        decimal working = 0m;
        foreach (Order order in market.Working)
        {
            if (order.Parent == _state.Number) working += order.WorstRemaining;
        }
        return working;
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _state);
        stream.Sync(ref _why);
    }

    public struct State
    {
        public long Number;
        public int Strategy;

        /// <summary>The wish that it serves.</summary>
        public long Signal;
        public ExecutionState Status;
        public Side Side;

        /// <summary>Units in all.</summary>
        public decimal Quantity;

        /// <summary>Units that its children filled; what the venue took back is taken off.</summary>
        public decimal Filled;

        /// <summary>Filled or working when it was looked at last.</summary>
        public decimal Committed;

        /// <summary>Signed position that was decided on last, and in which decision.</summary>
        public decimal Aim;
        public long Decision;
        public Timestamp Start;
        public Timestamp End;

        /// <summary>When to look again.</summary>
        public Timestamp Next;

        /// <summary>Units that the market has traded since the start.</summary>
        public double Traded;

        /// <summary>Children that the venue ended by itself since the last fill.</summary>
        public byte Failures;

        /// <summary>When a child that was denied or refused is tried again.</summary>
        public Backoff Again;
    }
}
