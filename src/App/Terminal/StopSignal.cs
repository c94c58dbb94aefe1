using System.Runtime.InteropServices;

namespace Tradewind.App.Terminal;

/// <summary>Turns Ctrl-C and the system's request to end into a token.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly TimeSpan? _patience;
    private Timer? _lastResort;

    /// <param name="patience">The process ends by itself this long after the first signal; null waits for ever.</param>
    public StopSignal(TimeSpan? patience)
    {
        _patience = patience;
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
        if (_source.IsCancellationRequested) Environment.Exit(ExitCode.Stopped);
        if (_patience is { } patience) _lastResort = new Timer(static _ => Environment.Exit(ExitCode.Stopped), null, patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
