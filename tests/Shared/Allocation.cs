namespace Tradewind.Tests;

internal static class Allocation
{
    private const int Attempts = 50;

    /// <summary>Bytes that the work allocates on this thread.</summary>
    /// <param name="work">Is repeated when a collection, caused by other tests, came in between: that counts the unused rest of this thread's buffer, about 8 kB, as allocated.</param>
    public static long Of(Action work)
    {
        long bytes = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int collections = GC.CollectionCount(0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (GC.CollectionCount(0) == collections) break;
        }
        return bytes;
    }
}
