using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>Says the next of its wishes at the first bar after it was asked to.</summary>
/// <param name="wishes">Made of the last price and the size of a tick.</param>
internal sealed class Says(params Func<double, double, Wish>[] wishes) : Strategy
{
    private readonly Func<double, double, Wish>[] _wishes = wishes;
    private int _said;
    private volatile int _asked;

    public void Ask() => _asked++;

    protected override void OnBar(in Bar bar)
    {
        if (_said < Math.Min(_asked, _wishes.Length)) Emit(_wishes[_said++](LastPrice, (double)Instrument.TickSize));
    }
}
