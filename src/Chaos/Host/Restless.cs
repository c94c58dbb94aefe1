using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Chaos.Host;

/// <summary>Changes its mind on most bars, in every way that a strategy can: at the market, by limit and by stop, with and without protection. What it does follows from prices alone.</summary>
/// <param name="throws">It fails now and then.</param>
/// <param name="floods">It says far too much now and then.</param>
public sealed class Restless(int character, bool throws = false, bool floods = false) : Strategy
{
    /// <summary>How often it was asked.</summary>
    public long Bars { get; private set; }

    /// <summary>Bars on which it still waits for what is worked in parts.</summary>
    private int _patience;
    private ulong _mixed = (ulong)character * 0x9E3779B97F4A7C15;

    protected override void OnBar(in Bar bar)
    {
        Bars++;
        _mixed = (_mixed ^ (ulong)BitConverter.DoubleToInt64Bits(bar.Close)) * 0xBF58476D1CE4E5B9;
        _mixed ^= _mixed >> 31;
        if (_patience-- > 0) return;
        int choice = (int)(_mixed % 26);
        double tick = Instrument.TickSizeAsDouble, last = bar.Close;
        bool isBuy = (_mixed >> 8 & 1) == 0;
        SignalAction side = isBuy ? SignalAction.Buy : SignalAction.Sell;
        int sign = isBuy ? 1 : -1;
        decimal quantity = 1 + (int)(_mixed >> 16 & 3);
        double stop = last - sign * (6 + (int)(_mixed >> 20 & 15)) * tick, target = last + sign * (6 + (int)(_mixed >> 24 & 15)) * tick;
        switch (choice)
        {
            case 0 or 1: Emit(new Wish(side, "market") { Quantity = quantity, StopLoss = stop }); break;
            case 2 or 3: Emit(new Wish(side, "market with both legs") { Quantity = quantity, StopLoss = stop, TakeProfit = target }); break;
            case 4: Emit(new Wish(side, "limit") { Quantity = quantity, OrderType = OrderType.Limit, LimitPrice = last - sign * 2 * tick, StopLoss = stop - sign * 4 * tick, TimeInForce = TimeInForce.Gtc }); break;
            case 5: Emit(new Wish(side, "stop") { Quantity = quantity, OrderType = OrderType.Stop, StopPrice = last + sign * 3 * tick, StopLoss = stop, TimeInForce = TimeInForce.Gtc }); break;
            case 6 or 7: Close("enough"); break;
            case 8: Hold("no opinion"); break;
            case 9: Emit(new Wish(side, "stop on the wrong side") { Quantity = quantity, StopLoss = last + sign * 4 * tick }); break;
            case 10 when throws: throw new InvalidOperationException("This strategy fails now and then.");
            case 11 when floods: Flood(side); break;
            default: EmitOfManyOrders(choice - 12, new Wish(side, "of many orders") { Quantity = quantity, StopLoss = stop }, last, sign * tick, target); break;
        }
    }

    /// <summary>What the engine runs by orders of its own: stops that move, targets in parts, one of two, one after the other, and what only takes off what is held.</summary>
    private void EmitOfManyOrders(int choice, Wish wish, double last, double step, double target)
    {
        switch (choice)
        {
            case 0: Emit(wish with { Trail = new(Distance.Ticks(8)) { Every = TimeSpan.FromSeconds(1) }, BreakEven = new(Distance.Ticks(6)) { Offset = Distance.Ticks(1) } }); break;
            case 1: Emit(wish with { Quantity = 3m, Targets = [ProfitTarget.Units(last + 5 * step, 1m), ProfitTarget.Units(last + 9 * step, 1m)], TakeProfit = target + 12 * step }); break;
            case 2: Emit(wish with { OrderType = OrderType.Limit, LimitPrice = last - 3 * step, StopLoss = wish.StopLoss - 6 * step, TimeInForce = TimeInForce.Gtc, Or = wish with { OrderType = OrderType.Stop, StopPrice = last + 5 * step, TimeInForce = TimeInForce.Gtc } }); break;
            case 3: Emit(new Wish(wish.Action, "less") { Quantity = wish.Quantity, OrderType = OrderType.Limit, LimitPrice = last + 2 * step, TimeInForce = TimeInForce.Gtc, IsReduceOnly = true }); break;
            case 4: Emit(wish with { Quantity = 1m, Then = new Wish(wish.Action, "then more") { Quantity = 3m, OrderType = OrderType.Limit, LimitPrice = last - 2 * step, StopLoss = wish.StopLoss - 4 * step } }); break;
            case 5: Emit(wish with { Then = new Wish(SignalAction.Close, "then out") { OrderType = OrderType.Limit, LimitPrice = last + 4 * step, TimeInForce = TimeInForce.Gtc, IsReduceOnly = true } }); break;
            case 6: Emit(wish with { OrderType = OrderType.Limit, LimitPrice = last - 2 * step, StopLoss = wish.StopLoss - 4 * step, TimeInForce = TimeInForce.Gtd, GoodTill = Now + TimeSpan.FromSeconds(3 + (int)wish.Quantity * 7) }); break;
            default: EmitWorked(choice - 7, wish with { Quantity = 6m }, last, step); break;
        }
    }

    /// <summary>What is worked by children of an order that is never sent itself.</summary>
    private void EmitWorked(int choice, Wish wish, double last, double step)
    {
        _patience = (int)(_mixed >> 32 & 3);
        Wish resting = wish with { OrderType = OrderType.Limit, LimitPrice = last - step, StopLoss = wish.StopLoss - 3 * step, TimeInForce = TimeInForce.Gtc };
        Leftover leftover = (_mixed >> 28 & 1) == 0 ? Leftover.Leave : Leftover.Market;
        switch (choice)
        {
            case 0: Emit(wish with { Execution = new Twap(TimeSpan.FromSeconds(12), slices: 5) { Jitter = 0.5, Seed = 7, Leftover = leftover } }); break;
            case 1: Emit(resting with { Execution = new Twap(TimeSpan.FromSeconds(6), slices: 3) { Leftover = leftover } }); break;
            case 2: Emit(wish with { Execution = new Vwap(TimeSpan.FromSeconds(10), slices: 4) { Leftover = leftover } }); break;
            case 3: Emit(resting with { Execution = new Iceberg(shown: 2m) { Over = TimeSpan.FromSeconds(14), Leftover = leftover } }); break;
            case 4: Emit(wish with { Execution = new Participation(share: 0.02) { Most = 2m } }); break;
            case 5: Emit(new Wish(SignalAction.Close, "out in parts") { Execution = new Twap(TimeSpan.FromSeconds(4), slices: 4) }); break;
            case 6: Emit(new Wish(SignalAction.Close, "out by limit") { OrderType = OrderType.Limit, LimitPrice = last + step, Execution = new Iceberg(shown: 1m) { Over = TimeSpan.FromSeconds(7), Leftover = Leftover.Market } }); break;
            default: break;
        }
    }

    private void Flood(SignalAction side)
    {
        for (int i = 0; i < 10_000; i++) Emit(new Wish(side, "and again") { Quantity = 1 + i % 3 });
    }
}
