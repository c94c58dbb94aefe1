using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Matching;

/// <summary>Lets one at a time to the venue: requests, the market and the timer. Whoever enters first brings it up to the market's time.</summary>
internal sealed class TradingGate(TradingVenue venue)
{
    private readonly Lock _gate = new();
    private readonly List<Input> _instant = [];
    private Func<Timestamp> _now = () => venue.Now;
    private Timestamp _sleepsUntil = Timestamp.MaxValue;
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Base ticks in what counts as a tick now; read without waiting.</summary>
    public int TickFactor => venue.TickFactor;

    /// <summary>Market time before which everything has been published.</summary>
    public void Follow(Func<Timestamp> now) => _now = now;

    public T Ask<T>(Func<TradingVenue, T> question)
    {
        lock (_gate)
        {
            venue.AdvanceTo(_now());
            T answer = question(venue);
            venue.EndStep();
            Wake();
            return answer;
        }
    }

    public void Do(Action<TradingVenue> work) => Ask(venue =>
    {
        work(venue);
        return true;
    });

    /// <summary>Takes what lies before the stream's start.</summary>
    public void Learn(in Input input) => venue.Learn(input);

    /// <summary>Takes an input of the instant that is being collected; only the market's thread does.</summary>
    public void Collect(in Input input) => _instant.Add(input);

    /// <summary>Lets the collected instant meet the orders.</summary>
    public void Publish(Timestamp instant)
    {
        lock (_gate)
        {
            venue.AdvanceTo(instant);
            foreach (Input input in _instant) venue.Apply(input);
            venue.EndInstant();
            venue.EndStep();
            Wake();
        }
        _instant.Clear();
    }

    /// <summary>Does what is due up to an instant.</summary>
    public DueTimes Advance(Timestamp until)
    {
        lock (_gate)
        {
            venue.AdvanceTo(until);
            venue.EndStep();
            _sleepsUntil = venue.NextDue ?? Timestamp.MaxValue;
            _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return new(venue.Now, venue.NextDue, _wake.Task);
        }
    }

    private void Wake()
    {
        if (venue.NextDue < _sleepsUntil) _wake.TrySetResult();
    }
}

/// <param name="Next">When something is due next; null when nothing is.</param>
/// <param name="Earlier">Ends when something comes up that is due before that.</param>
internal readonly record struct DueTimes(Timestamp Now, Timestamp? Next, Task Earlier);
