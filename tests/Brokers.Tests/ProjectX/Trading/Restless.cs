using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>Changes its mind at every bar: long with a stop and a target, flat, short, flat, two with a limit order near the touch, one, reversed.</summary>
internal sealed class Restless : Strategy
{
    private int _step;

    protected override void OnBar(in Bar bar)
    {
        double tick = (double)Instrument.TickSize, last = LastPrice;
        switch (_step++ % 8)
        {
            case 0: Emit(new(SignalAction.Buy, "long and protected") { Quantity = 1, StopLoss = last - 20 * tick, TakeProfit = last + 20 * tick }); break;
            case 1: Emit(new(SignalAction.Buy, "the stop moves") { Quantity = 1, StopLoss = last - 16 * tick, TakeProfit = last + 24 * tick }); break;
            case 2: Close("flat"); break;
            case 3: Emit(new(SignalAction.Sell, "short and protected") { Quantity = 2, StopLoss = last + 20 * tick, TakeProfit = last - 20 * tick }); break;
            case 4: Emit(new(SignalAction.Sell, "less of it") { Quantity = 1, StopLoss = last + 24 * tick }); break;
            case 5: Emit(new(SignalAction.Buy, "reversed by a limit order") { Quantity = 2, OrderType = OrderType.Limit, LimitPrice = last, StopLoss = last - 24 * tick }); break;
            case 6: Emit(new(SignalAction.Sell, "reversed") { Quantity = 1, StopLoss = last + 20 * tick }); break;
            default: Close("flat again"); break;
        }
    }
}
