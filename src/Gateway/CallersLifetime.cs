using Microsoft.Extensions.Hosting;

namespace Tradewind.Gateway;

/// <summary>The gateway ends when its caller says so: it takes no Ctrl-C and no signal for itself, since it may be one part of a larger program.</summary>
internal sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
