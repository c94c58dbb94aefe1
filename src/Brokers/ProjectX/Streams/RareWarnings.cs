using Microsoft.Extensions.Logging;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>Warnings that may come by the thousand: of each kind one in 30 s, with the number of those left out.</summary>
internal sealed class RareWarnings(ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Subject, string What), (long Said, long Silent)> _kinds = [];

    public void Say(string subject, string what)
    {
        long now = time.GetTimestamp();
        long silent;
        lock (_gate)
        {
            bool isKnown = _kinds.TryGetValue((subject, what), out (long Said, long Silent) kind);
            if (isKnown && time.GetElapsedTime(kind.Said, now) < Pause)
            {
                _kinds[(subject, what)] = kind with { Silent = kind.Silent + 1 };
                return;
            }
            silent = kind.Silent;
            _kinds[(subject, what)] = (now, 0);
        }
        if (silent == 0) log.LogWarning("{Subject}: dropped {What}.", subject, what);
        else log.LogWarning("{Subject}: dropped {What}, and {Silent} more since the last such warning.", subject, what, silent);
    }
}
