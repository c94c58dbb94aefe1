using System.Runtime.InteropServices;

namespace Tradewind.App.Terminal;

/// <summary>Turns Ctrl-C and the system's request to end into a token. A second request, a second or more after the first, ends the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    /// <summary>Supervisors, <c>timeout</c> among them, send one request to the process and again to its group: what comes this soon is the same one.</summary>
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly TimeSpan? _patience;
    private Timer? _lastResort;
    private long _firstRequest;

    private readonly Action<string> _say;

    /// <param name="patience">The process ends by itself this long after the first signal; null waits for ever.</param>
    /// <param name="say">Tells people that it did.</param>
    public StopSignal(TimeSpan? patience, Action<string> say)
    {
        _patience = patience;
        _say = say;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _lastResort?.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            if (TimeProvider.System.GetElapsedTime(_firstRequest) >= Echo) Environment.Exit(ExitCode.Stopped);
            return;
        }
        _firstRequest = TimeProvider.System.GetTimestamp();
        if (_patience is { } patience) _lastResort = new Timer(_ => EndByForce(patience), null, patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }

    private void EndByForce(TimeSpan patience)
    {
        _say($"What ran did not end within {patience.TotalSeconds:F0} s of the request and was ended by force; orders that work at a broker stay there.");
        Environment.Exit(ExitCode.Stopped);
    }
}
