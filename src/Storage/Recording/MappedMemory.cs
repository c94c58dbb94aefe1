using System.Buffers;

namespace Tradewind.Storage.Recording;

/// <summary>Records in a mapped file as memory. The map outlives it only as long as its reader is open.</summary>
internal sealed unsafe class MappedMemory<T>(byte* start, int count) : MemoryManager<T> where T : unmanaged
{
    public override Span<T> GetSpan() => new(start, count);

    /// <remarks>The file's pages do not move.</remarks>
    public override MemoryHandle Pin(int elementIndex = 0) => new((T*)start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
