using System.Text.Json;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;

namespace Tradewind.Live.Sync;

/// <summary>Keeps of a session what its engine forgets and the next one needs: the executions booked lately, and until when the account was known to agree with the venue.</summary>
public sealed class AccountBooks
{
    /// <summary>The venue is asked for executions from this long before the last agreement on: a comparison finds a missing one sooner, and clocks differ by less.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>Old ones are thrown away in batches.</summary>
    private const int PruneAbove = 20_000;

    private List<CarriedExecution> _executions = [];
    private Timestamp _since;
    private bool _hasStarted;
    private int _pruneAbove = PruneAbove;

    /// <summary>Takes in what an input brought; to be told of each of them, once the engine has processed it.</summary>
    public void On(Engine engine, in Input input, ReadOnlySpan<Output> outputs)
    {
        ArgumentNullException.ThrowIfNull(engine);
        if (input.Kind == InputKind.Carry) TakeOver(Carry.FromJson(input.Text), engine);
        if (!_hasStarted && input.Time.Nanoseconds > 0) Start(input.Time);
        foreach (ref readonly Output output in outputs)
        {
            if (output.Kind == OutputKind.FillBooked && output.Fill.Execution != 0) Add(in output, engine.Now);
        }
        if (engine.AccountState == AccountState.Synced && input.Kind == InputKind.Timer) Agree(engine, input.Time);
    }

    /// <summary>What the engine leaves, with these books.</summary>
    public Carry Complete(Carry left)
    {
        ArgumentNullException.ThrowIfNull(left);
        HashSet<long> open = [.. left.Orders.Where(order => !order.Status.IsFinal()).Select(order => order.Id)];
        // What was held for not ours and turned out to be of an order stands there.
        HashSet<long> ours = [.. _executions.Where(one => one.Order != 0).Select(one => one.Execution)];
        return left with { Executions = [.. _executions.Where(one => (one.Time >= _since || open.Contains(one.Order)) && (one.Order != 0 || !ours.Contains(one.Execution)))], ExecutionsSince = _since };
    }

    /// <summary>For a checkpoint.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Kept(_executions, _since.Nanoseconds, _hasStarted), Format);

    /// <exception cref="JsonException">The bytes are no books.</exception>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        Kept kept = JsonSerializer.Deserialize<Kept>(bytes, Format) ?? throw new JsonException("There are no books.");
        (_executions, _since, _hasStarted) = (kept.Executions, new(kept.Since), kept.HasStarted);
    }

    private static readonly JsonSerializerOptions Format = new() { IncludeFields = true, Converters = { new Carry.TimestampConverter() } };

    /// <summary>Instruments by their number in this engine.</summary>
    private void TakeOver(Carry left, Engine engine)
    {
        (_since, _hasStarted) = (left.ExecutionsSince, true);
        foreach (CarriedExecution one in left.Executions)
        {
            string symbol = left.Instruments[one.Instrument].Symbol;
            int here = engine.Options.Instruments.ToList().FindIndex(instrument => instrument.Symbol == symbol);
            if (here >= 0) _executions.Add(one with { Instrument = here });
        }
    }

    private void Start(Timestamp time)
    {
        _since = time;
        _hasStarted = true;
    }

    /// <summary>An order of several strategies books one execution in parts.</summary>
    private void Add(in Output output, Timestamp time)
    {
        Fill fill = output.Fill;
        if (fill.IsReversal)
        {
            int place = _executions.FindLastIndex(one => one.Execution == fill.Execution && one.Order == fill.Order.Value);
            if (place >= 0) _executions[place] = _executions[place] with { IsReversed = true };
            return;
        }
        decimal signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        if (_executions.Count > 0 && _executions[^1] is { } last && last.Execution == fill.Execution && last.Order == fill.Order.Value)
        {
            _executions[^1] = last with { Quantity = last.Quantity + signed, Fee = last.Fee + fill.Fee };
            return;
        }
        // A clock that was behind the one of the session before must not let it look older than what is known to be settled.
        _executions.Add(new(fill.Execution, fill.Order.Value, output.Instrument, signed, fill.Price, fill.Fee, time > _since ? time : _since));
    }

    private void Agree(Engine engine, Timestamp time)
    {
        Timestamp since = time - Overlap;
        if (since > _since) _since = since;
        if (_executions.Count <= _pruneAbove) return;
        HashSet<long> open = [.. Enumerable.Range(0, engine.Options.Instruments.Count).SelectMany(index => engine.Market(index).Working).Select(order => order.Id.Value)];
        _executions.RemoveAll(one => one.Time < _since && !open.Contains(one.Order));
        _pruneAbove = Math.Max(PruneAbove, 2 * _executions.Count);
    }

    private sealed record Kept(List<CarriedExecution> Executions, long Since, bool HasStarted);
}
