namespace Tradewind.Storage;

/// <summary>Failed writes, told in words.</summary>
internal static class DiskFault
{
    private const int NoSpace = 28, TooLarge = 27, QuotaUnix = 122;
    private const int DiskFullWindows = unchecked((int)0x80070070), HandleDiskFullWindows = unchecked((int)0x80070027);

    public static bool IsFull(IOException fault) => fault.HResult is NoSpace or TooLarge or QuotaUnix or DiskFullWindows or HandleDiskFullWindows;

    /// <param name="consequence">What became of the data, as half a sentence.</param>
    public static StorageException Describe(string path, Exception fault, string consequence) => fault is IOException full && IsFull(full)
        ? new($"{path}: the disk (or the quota) is full, {consequence}; free some space and try again.", fault)
        : new($"{path}: writing failed ({fault.Message.TrimEnd('.')}), {consequence}; check the disk and the permissions and try again.", fault);
}
