using Tradewind.Chaos.Faults;
using Tradewind.Chaos.World;
using Tradewind.Core.Model;

namespace Tradewind.Chaos.Host;

/// <summary>The disk of the machine that the program runs on: slow now and then, sometimes full, and it fails.</summary>
internal sealed class Disk(Agenda agenda, Chance chance, FaultMix mix)
{
    private static readonly TimeSpan FlushTime = TimeSpan.FromMilliseconds(2);

    private Timestamp _fullUntil;
    private bool _isWriting;

    /// <summary>Nothing but what was set aside is left: the program is to take no new risk.</summary>
    public bool IsFull => agenda.Now < _fullUntil;

    /// <summary>The program that wrote is gone.</summary>
    public void Forget() => _isWriting = false;

    /// <summary>Begins to put everything that was written so far away for good; nothing while that is done already.</summary>
    /// <param name="done">Hears whether it succeeded.</param>
    public void Write(Action<bool> done)
    {
        if (_isWriting) return;
        _isWriting = true;
        bool isSlow = chance.Happens(mix[FaultKind.DiskSlow] * 0.2);
        if (isSlow) mix.Strikes.Hit(Fault.F66, agenda.Now);
        TimeSpan takes = isSlow ? TimeSpan.FromSeconds(2 * chance.Even()) : chance.Around(FlushTime);
        if (chance.Happens(mix[FaultKind.DiskFull] * 0.005)) Fill();
        bool fails = chance.Happens(mix[FaultKind.DiskFails] * 0.005);
        if (fails) mix.Strikes.Hit(Fault.F61, agenda.Now);
        agenda.After(takes, () => done(!fails));
    }

    /// <summary>The write that was begun is over.</summary>
    public void OnWritten() => _isWriting = false;

    private void Fill()
    {
        mix.Strikes.Hit(Fault.F61, agenda.Now);
        _fullUntil = agenda.Now + chance.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
    }
}
