using Tradewind.Chaos.Faults;
using Tradewind.Chaos.World;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;

namespace Tradewind.Chaos.Checks;

/// <summary>Measures how long the account was not synced, and for which faults.</summary>
internal sealed class OutageWatch(Agenda agenda, FaultMix mix, Measures measures)
{
    /// <summary>A fault that struck so long before is taken for a cause.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromSeconds(2);

    private static readonly Fault[] Causes = [Fault.F9, Fault.F10, Fault.F11, Fault.F24, Fault.F25, Fault.F26, Fault.F28, Fault.F29, Fault.F45, Fault.F46, Fault.F61, Fault.F66, Fault.F79, Fault.F80];

    private Timestamp? _since;
    private bool _wasSynced;

    public void On(AccountState state)
    {
        if (state != AccountState.Synced)
        {
            if (_wasSynced) _since ??= agenda.Now;
            return;
        }
        _wasSynced = true;
        if (_since is not { } since) return;
        _since = null;
        TimeSpan length = agenda.Now - since;
        if (length > measures.Unsynced) measures.Unsynced = length;
        foreach (Fault fault in Causes)
        {
            if (mix.Strikes.StruckSince(fault, since - Reach)) mix.Strikes.Measure(fault, length);
        }
    }

    /// <summary>The program took over a position of the venue that nothing explains.</summary>
    public void OnAdjusted() => mix.Strikes.MeasureSince(Fault.F24, agenda.Now);
}
