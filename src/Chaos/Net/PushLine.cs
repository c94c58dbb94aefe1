using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Venue;
using Tradewind.Chaos.World;
using Tradewind.Core.Model;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Net;

/// <summary>Hears the stream on the program's side.</summary>
public interface IStreamReader
{
    void StreamUp();

    void StreamDown(string why);

    void Read(in VenueOrder row);

    void Read(in VenueFill row);

    void Read(in VenuePosition row);

    void Read(in VenueAccount row);
}

/// <summary>Carries the venue's rows to the program: late, twice, in another order, or not at all. What is said while it is down is gone.</summary>
public sealed class PushLine(Agenda agenda, Chance chance, FaultMix mix) : IVenueListener
{
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(12);

    private IStreamReader? _reader;
    private Timestamp _last;
    private Timestamp _frozenUntil;
    private int _connection;

    /// <summary>Whoever was disconnected may connect again.</summary>
    public Action Mended { get; set; } = () => { };

    public bool IsUp => _reader is not null;

    /// <summary>Rows are lost now without anybody being told.</summary>
    public bool IsFrozen => agenda.Now < _frozenUntil;

    public void Connect(IStreamReader reader)
    {
        _reader = reader;
        _connection++;
        _last = agenda.Now;
        reader.StreamUp();
    }

    /// <summary>The connection is gone, with all that was on its way.</summary>
    public void Disconnect(string? why)
    {
        IStreamReader? reader = _reader;
        _reader = null;
        _connection++;
        if (why is not null) reader?.StreamDown(why);
    }

    public void OnOrder(TrueOrder order)
    {
        VenueOrder row = order.Row();
        if (chance.Happens(mix[FaultKind.UnknownState]))
        {
            row = row with { State = VenueOrderState.Unknown };
            mix.Strikes.HitOrder(Fault.F16, agenda.Now, row.ClientId ?? "");
        }
        Carry(reader => reader.Read(in row));
    }

    public void OnFill(in VenueFill fill)
    {
        VenueFill row = fill;
        Carry(reader => reader.Read(in row), row.ExecutionId);
    }

    public void OnPosition(in VenuePosition position)
    {
        VenuePosition row = position;
        Carry(reader => reader.Read(in row));
    }

    public void OnAccount(in VenueAccount account)
    {
        VenueAccount row = account;
        Carry(reader => reader.Read(in row));
    }

    /// <summary>Tells executions of earlier again, as a venue does that begins its day's list anew.</summary>
    public void Replay(IEnumerable<VenueFill> fills)
    {
        foreach (VenueFill fill in fills)
        {
            VenueFill row = fill;
            mix.Strikes.Hit(Fault.F5, agenda.Now);
            Deliver(reader => reader.Read(in row));
        }
    }

    /// <param name="execution">Its number, where the row is one; otherwise 0.</param>
    private void Carry(Action<IStreamReader> read, long execution = 0)
    {
        if (chance.Happens(mix[FaultKind.StreamDown] * 0.1)) Break();
        if (chance.Happens(mix[FaultKind.StreamFrozen] * 0.05)) _frozenUntil = agenda.Now + chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(40));
        if (_reader is null)
        {
            if (execution > 0) mix.Strikes.HitExecution(Fault.F18, agenda.Now, execution);
            return;
        }
        if (IsFrozen || chance.Happens(mix[FaultKind.StreamRowLost]))
        {
            if (execution > 0) mix.Strikes.HitExecution(Fault.F17, agenda.Now, execution);
            return;
        }
        Deliver(read);
        while (chance.Happens(mix[FaultKind.StreamDuplicated]))
        {
            if (execution > 0) mix.Strikes.Hit(Fault.F5, agenda.Now);
            Deliver(read);
        }
    }

    private void Deliver(Action<IStreamReader> read)
    {
        int connection = _connection;
        Timestamp due = agenda.Now + chance.Around(OneWay);
        if (chance.Happens(mix[FaultKind.StreamReordered]))
        {
            due = agenda.Now + chance.Around(TimeSpan.FromSeconds(1));
            mix.Strikes.Hit(Fault.F6, agenda.Now);
        }
        else if (due < _last) due = _last;
        else _last = due;
        agenda.At(due, () =>
        {
            if (_connection == connection && _reader is { } reader) read(reader);
        });
    }

    private void Break()
    {
        if (!IsUp) return;
        Disconnect("the connection was closed");
        agenda.After(chance.Between(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30)), () => Mended());
    }
}
