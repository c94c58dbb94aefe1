using System.Collections;

namespace Tradewind.Simulation.Statistics;

/// <summary>A list that grows by pages: adding never copies what is there, and no page is large enough for the large-object heap.</summary>
internal sealed class Pages<T> : IReadOnlyList<T>
    where T : unmanaged
{
    private const int PageSize = 256;

    private readonly List<T[]> _pages = [];
    private T[] _page = [];
    private int _next;

    public int Count => _pages.Count == 0 ? 0 : (_pages.Count - 1) * PageSize + _next;

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
            return _pages[index / PageSize][index % PageSize];
        }
    }

    /// <summary>Room for one more, to be written in place and in full: it holds whatever the memory held.</summary>
    public ref T Next()
    {
        if (_next == _page.Length)
        {
            _pages.Add(_page = GC.AllocateUninitializedArray<T>(PageSize));
            _next = 0;
        }
        return ref _page[_next++];
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
