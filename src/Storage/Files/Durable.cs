using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tradewind.Storage;

/// <summary>Makes writes survive a loss of power.</summary>
internal static partial class Durable
{
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

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FdataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
