using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tradewind.Benchmarks;

/// <summary>What one write of 512 bytes and its sync cost a program that does nothing else, on the disk of a folder.</summary>
internal static partial class DiskSync
{
    private const int Writes = 2000;

    private const int PacedWrites = 1000;

    /// <summary>A session syncs every 50 ms and for each order, of which there are some 14 a second.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(30);

    /// <summary>As much as an input and its neighbours take in the journal.</summary>
    public const int WriteBytes = 512;

    /// <summary>One right after the other, shortest first.</summary>
    public static TimeSpan[] Tight(string folder) => Times(folder, Writes, default, default);

    /// <summary>At the pace of a session, shortest first: a disk and a processor that rested take longer.</summary>
    public static TimeSpan[] Paced(string folder) => Times(folder, PacedWrites, Pace, default);

    /// <summary>Appends to a file whose space is held ready, as the journal does.</summary>
    public static TimeSpan[] Times(string folder, int writes, TimeSpan pace, CancellationToken over)
    {
        string path = Path.Combine(folder, "sync.bin");
        using (SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, preallocationSize: (long)writes * WriteBytes))
        {
            RandomAccess.Write(file, new byte[writes * WriteBytes], 0);
            RandomAccess.FlushToDisk(file);
            byte[] bytes = new byte[WriteBytes];
            List<TimeSpan> times = new(writes);
            for (int i = 0; i < writes && !over.IsCancellationRequested; i++)
            {
                if (pace > default(TimeSpan)) Thread.Sleep(pace);
                bytes.AsSpan().Fill((byte)i);
                long start = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, bytes, (long)i * WriteBytes);
                Sync(file);
                times.Add(Stopwatch.GetElapsedTime(start));
            }
            return [.. times.Order()];
        }
    }

    /// <summary>In microseconds.</summary>
    public static double P50(TimeSpan[] sorted) => sorted[sorted.Length / 2].TotalMicroseconds;

    /// <inheritdoc cref="P50"/>
    public static double P99(TimeSpan[] sorted) => sorted[sorted.Length * 99 / 100].TotalMicroseconds;

    private static void Sync(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) RandomAccess.FlushToDisk(file);
        else if (FdataSync(file) != 0) throw new IOException($"fdatasync failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FdataSync(SafeFileHandle file);
}
