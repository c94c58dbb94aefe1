using Tradewind.Core.Model;

namespace Tradewind.Gateway.History;

/// <summary>A bar of a known short length, prices in ticks: 32 bytes, so that days of seconds fit into little memory.</summary>
internal readonly record struct SmallBar(Timestamp Start, int Open, int High, int Low, int Close, long Volume)
{
    public static SmallBar Of(Instrument instrument, in Bar bar) =>
        new(bar.Start, Ticks(instrument, bar.Open), Ticks(instrument, bar.High), Ticks(instrument, bar.Low), Ticks(instrument, bar.Close), (long)bar.Volume);

    public static int Ticks(Instrument instrument, double price) => (int)Math.Round(price * instrument.TicksPerPoint, MidpointRounding.AwayFromZero);

    public SmallBar With(in SmallBar later) => new(Start, Open, Math.Max(High, later.High), Math.Min(Low, later.Low), later.Close, Volume + later.Volume);
}
