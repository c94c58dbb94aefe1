using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Basic;

/// <summary>Watches and never trades: the smallest strategy there is, to copy from and to run the machinery without risk.</summary>
/// <remarks>
/// <para>Source: none.</para>
/// <para>Enters: never.</para>
/// <para>Exits: never.</para>
/// <para>Stop: none, as it holds nothing.</para>
/// <para>Assumes: nothing.</para>
/// <para>Lies: not at all; but a strategy that never loses because it never trades is the benchmark that many others miss.</para>
/// </remarks>
[Strategy("do-nothing", "Basic")]
public sealed class DoNothing : Strategy
{
    protected override void OnBar(in Bar bar)
    {
    }
}
