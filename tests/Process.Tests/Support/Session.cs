using System.Diagnostics;
using System.Text;

namespace Tradewind.Processes.Tests.Support;

/// <summary>The program as a process, with all that it said so far.</summary>
public sealed class Session : IDisposable
{
    /// <summary>What a wait may take on a busy machine; none is expected to.</summary>
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Task _reading;
    private bool _isDisposed;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Session(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error));
    }

    public int Id => _process.Id;

    /// <summary>Completes when it has ended, and all that it said was read.</summary>
    public Task Ended => _reading;

    public bool HasEnded => _process.HasExited;

    public string Output => Copy(_output);

    public string Error => Copy(_error);

    /// <summary>The first line of its output that has the words; it must not end before.</summary>
    public async Task<string> SaysAsync(string words)
    {
        using var limit = new CancellationTokenSource(Generous);
        while (true)
        {
            Task news = _news.Task;
            if (Array.Find(Output.Split('\n'), line => line.Contains(words, StringComparison.Ordinal)) is { } found) return found;
            Assert.False(_reading.IsCompleted, $"It ended before it said \"{words}\": {Error}{Output}");
            await Task.WhenAny(news, _reading).WaitAsync(limit.Token);
        }
    }

    /// <summary>Its status page, once it is up.</summary>
    public async Task<Uri> PageAsync() => new((await SaysAsync("status page")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);

    public void Kill() => _process.Kill();

    public void Stop() => Workbench.Signal("STOP", Id);

    public void Continue() => Workbench.Signal("CONT", Id);

    public void Interrupt() => Workbench.Signal("INT", Id);

    /// <summary>Its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Generous);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Process {Id} does not end.\n{Output}{Error}");
        }
        await _reading;
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader stream, StringBuilder into)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            lock (into) into.Append(line).Append('\n');
            Interlocked.Exchange(ref _news, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }

    private static string Copy(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
