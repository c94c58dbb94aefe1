using System.Threading.Channels;
using Tradewind.UserCode;

namespace Tradewind.App.Commands.Developing;

/// <summary>Tells when a strategy file, or one in the shared folder beside it, may have changed.</summary>
/// <remarks>
/// It watches the folder and not the file: editors that save by renaming leave another file under the name. Where the system tells
/// nothing (network drives, some containers) a look at the files once a second finds the change. It may tell of changes that are none.
/// </remarks>
internal sealed class SourceWatch : IDisposable
{
    /// <summary>Editors write a file in several steps; this long after the last one it is taken as whole.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileSystemWatcher _watcher;
    private readonly TimeProvider _time;
    private readonly string _path;
    private readonly string _shared;
    private string _stamp;

    public SourceWatch(string path, TimeProvider time)
    {
        _path = Path.GetFullPath(path);
        _time = time;
        string folder = Path.GetDirectoryName(_path)!;
        _shared = Path.Combine(folder, StrategySource.SharedFolder);
        _stamp = Stamp();
        _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = Directory.Exists(_shared), NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.DirectoryName };
        _watcher.Changed += OnEvent;
        _watcher.Created += OnEvent;
        _watcher.Deleted += OnEvent;
        _watcher.Renamed += OnEvent;
        _watcher.Error += OnEvent;
        _watcher.EnableRaisingEvents = true;
    }

    public void Dispose() => _watcher.Dispose();

    /// <summary>Returns when something may have changed and the folder is quiet again.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        while (!await HintAsync(LookEvery, cancel).ConfigureAwait(false))
        {
            if (Stamp() != _stamp) break;
        }
        while (await HintAsync(Quiet, cancel).ConfigureAwait(false)) continue;
        _stamp = Stamp();
    }

    private void OnEvent(object sender, EventArgs change)
    {
        if (change is FileSystemEventArgs { FullPath: var path } && !IsSource(path) && !(change is RenamedEventArgs { OldFullPath: var old } && IsSource(old))) return;
        _hints.Writer.TryWrite(true);
    }

    private bool IsSource(string path) => path == _path || path.StartsWith(_shared, StringComparison.Ordinal);

    /// <summary>True when a hint came in time.</summary>
    private async Task<bool> HintAsync(TimeSpan limit, CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using ITimer timer = _time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), ending, limit, Timeout.InfiniteTimeSpan);
        try
        {
            return await _hints.Reader.ReadAsync(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    private string Stamp()
    {
        IEnumerable<string> shared = Directory.Exists(_shared) ? Directory.GetFiles(_shared, "*.cs").Order(StringComparer.Ordinal) : [];
        return string.Join('|', shared.Prepend(_path).Select(path => new FileInfo(path)).Select(file => file.Exists ? $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}" : ""));
    }
}
