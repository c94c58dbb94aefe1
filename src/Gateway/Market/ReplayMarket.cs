using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Market;

/// <summary>A recording as a market.</summary>
/// <remarks>
/// What a recording lacks is made up, and that is where it lies: a bar is played as four trades (open, the extreme nearer to it, the other one,
/// close; <see cref="BarPath"/>), and trades without quotes get a market one tick wide around them (<see cref="QuoteMaker"/>).
/// </remarks>
public sealed class ReplayMarket : IMarketSource
{
    private readonly Recording _recording;

    /// <param name="start">Streaming begins here, and what the recording holds before is history; null means its first event.</param>
    /// <exception cref="GatewayException">The recording is empty.</exception>
    public ReplayMarket(Recording recording, Timestamp? start = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        _recording = recording;
        Start = start ?? Begin(recording.Read().Select(input => (Input?)input).FirstOrDefault()
            ?? throw new GatewayException($"The recording {recording.Name} holds no events; expected bars, trades or quotes."));
    }

    public IReadOnlyList<Instrument> Instruments => _recording.Instruments;

    public Timestamp Start { get; }

    public Timestamp Earliest => Start;

    public IEnumerable<Bar> Past(int instrument, Timeframe timeframe, Timestamp from, Timestamp to) => [];

    /// <exception cref="GatewayException">The recording ends before the start.</exception>
    public IEnumerable<Input> Read()
    {
        var paths = new BarPath();
        QuoteMaker[] makers = [.. Instruments.Select((instrument, index) => new QuoteMaker(instrument, index))];
        bool hasBegun = false;
        Timestamp last = Timestamp.MinValue;
        foreach (Input input in paths.Play(_recording.Read(), Start))
        {
            hasBegun |= input.Time >= Start;
            last = input.Time;
            if (makers[input.Instrument].Before(input) is { } quote) yield return quote;
            yield return input;
        }
        if (!hasBegun) throw new GatewayException($"The recording {_recording.Name} ends at {last}, before the start {Start}; choose an earlier start.");
    }

    private static Timestamp Begin(in Input first) => first.Kind is InputKind.Bar or InputKind.HistoryBar ? first.Bar.Start : first.Time;
}
