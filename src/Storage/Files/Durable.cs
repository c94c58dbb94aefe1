using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tradewind.Storage;

/// <summary>Makes writes survive a loss of power.</summary>
internal static partial class Durable
{
    /// <summary>Writes all of the bytes.</summary>
    /// <exception cref="IOException">The disk is full or failed, or the process's file-size limit is reached.</exception>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        const int TooLarge = 27;
        try
        {
            RandomAccess.Write(file, bytes, offset);
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new IOException(fault.Message, TooLarge); // how the platform tells of the limit
        }
    }

    /// <summary>Returns once the file's data, and its length where that changed, are on the disk. Does not wait for the file's times as <see cref="RandomAccess.FlushToDisk"/> does.</summary>
    /// <exception cref="IOException">The disk failed; what of the data arrived is unknown.</exception>
    public static void SyncData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        while (FdataSync(file) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            const int Interrupted = 4;
            if (error != Interrupted) throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    /// <summary>Makes the names in a directory durable: a created or renamed file may otherwise be missing after a loss of power. Windows does so by itself.</summary>
    public static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = Open(directory, 0);
        if (descriptor < 0) throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()), Marshal.GetLastPInvokeError());
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FSync(handle) == 0) return;
        int error = Marshal.GetLastPInvokeError();
        const int NotSupported = 22; // some network file systems have no such call and need none
        if (error != NotSupported) throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }

    /// <summary>Takes space on the disk for a part of the file, which reads as zero, so that writing there later neither fails for want of space nor changes the file's length.</summary>
    /// <exception cref="IOException">The disk or the quota is full.</exception>
    public static void Allocate(SafeFileHandle file, long offset, long length)
    {
        const int NotSupportedBySystem = 95, NotSupportedByFile = 22;
        int error = OperatingSystem.IsLinux() ? PosixFallocate(file, offset, length) : NotSupportedBySystem;
        if (error == 0) return;
        if (error is not (NotSupportedBySystem or NotSupportedByFile)) throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        RandomAccess.SetLength(file, offset + length);
    }

    /// <remarks>Returns the error instead of setting it.</remarks>
    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int PosixFallocate(SafeFileHandle file, long offset, long length);

    /// <summary>Turns a write beyond the process's file-size limit into an error like that of a full disk; otherwise the system ends the process without a word.</summary>
    public static void SurviveFileSizeLimit()
    {
        const int FileSizeSignal = 25, Ignore = 1;
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) Signal(FileSizeSignal, Ignore);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FdataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
