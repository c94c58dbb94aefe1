using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A strategy that does at each bar what the test says.</summary>
internal sealed class Scripted(Action<Scripted, Bar> onBar) : Strategy
{
    private readonly Action<Scripted, Bar> _onBar = onBar;

    public int Asked { get; private set; }

    public decimal Held => Position;

    public void Long(double confidence = 1) => Buy("test", confidence);

    public void Short(double confidence = 1) => Sell("test", confidence);

    public void Flat(double confidence = 1) => Close("test", confidence);

    public void Withdraw(double confidence = 0) => Hold("test", confidence);

    public void Say(in Wish wish) => Emit(in wish);

    protected override void OnBar(in Bar bar)
    {
        Asked++;
        _onBar(this, bar);
    }
}
