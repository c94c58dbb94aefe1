using Tradewind.Core.Model;

namespace Tradewind.Gateway.History;

/// <summary>A bar of a known short length, prices in ticks: 32 bytes, so that days of seconds fit into little memory.</summary>
internal readonly record struct SmallBar(Timestamp Start, int Open, int High, int Low, int Close, long Volume)
{
    public SmallBar With(in SmallBar later) => new(Start, Open, Math.Max(High, later.High), Math.Min(Low, later.Low), later.Close, Volume + later.Volume);
}
