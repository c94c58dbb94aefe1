using System.Buffers;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>Reads a file's chunks in order while other cores parse those already read.</summary>
internal sealed class CsvPipeline<TShape, T>(CsvSource source, CsvFormat format) where TShape : struct, IRowShape<T>
{
    private readonly int _parallelChunks = Math.Min(Environment.ProcessorCount, 8) + 1;
    private readonly Queue<(CsvChunk Chunk, Task<ChunkTimes> Times)> _parsing = new();
    private long _last = long.MinValue;

    /// <summary>Nanoseconds between the two closest neighbours of what was read; <see cref="long.MaxValue"/> before the second record.</summary>
    public long SmallestStep { get; private set; } = long.MaxValue;

    /// <summary>All records in one array.</summary>
    public ArraySegment<T> ReadAll(CsvChunk first)
    {
        T[] records = GC.AllocateUninitializedArray<T>(CheckedCount(source.EstimateRows(first)));
        int count = 0;
        for (CsvChunk? chunk = first; chunk is not null; chunk = source.Next())
        {
            int end = CheckedCount((long)count + chunk.Lines);
            if (end > records.Length)
            {
                FinishAll();
                Array.Resize(ref records, CheckedCount(Math.Max(end, records.Length * 3L / 2)));
            }
            Start(chunk, records.AsMemory(count, chunk.Lines));
            count = end;
        }
        FinishAll();
        return new(records, 0, count);
    }

    /// <summary>Hands over the records in runs, in order; memory does not grow with the file.</summary>
    /// <param name="take">Called on the caller's thread; the run is only valid during the call.</param>
    public void ReadRuns(CsvChunk first, ReadOnlySpanAction<T, int> take)
    {
        var runs = new Queue<T[]>();
        for (CsvChunk? chunk = first; chunk is not null; chunk = source.Next())
        {
            T[] run = ArrayPool<T>.Shared.Rent(chunk.Lines);
            runs.Enqueue(run);
            Start(chunk, run.AsMemory(0, chunk.Lines));
            if (_parsing.Count >= _parallelChunks) TakeOne();
        }
        while (_parsing.Count > 0) TakeOne();

        void TakeOne()
        {
            int count = _parsing.Peek().Chunk.Lines;
            FinishOne();
            T[] run = runs.Dequeue();
            take(run.AsSpan(0, count), count);
            ArrayPool<T>.Shared.Return(run);
        }
    }

    private void Start(CsvChunk chunk, Memory<T> records)
    {
        while (_parsing.Count >= _parallelChunks) FinishOne();
        Task<ChunkTimes> parsing = source.IsAtEnd && _parsing.Count == 0
            ? Task.FromResult(CsvParser<TShape, T>.Parse(chunk, format, records.Span)) // nothing to share: the pool's start would take longer
            : Task.Run(() => CsvParser<TShape, T>.Parse(chunk, format, records.Span));
        _parsing.Enqueue((chunk, parsing));
    }

    private void FinishAll()
    {
        while (_parsing.Count > 0) FinishOne();
    }

    /// <summary>Waits for the oldest chunk; its fault is the first of the file, as chunks are finished in order.</summary>
    private void FinishOne()
    {
        (CsvChunk chunk, Task<ChunkTimes> parsing) = _parsing.Dequeue();
        ChunkTimes times = parsing.GetAwaiter().GetResult();
        CsvParser<TShape, T>.CheckSeam(format, chunk.FirstLine, _last, times.First);
        if (_last != long.MinValue) SmallestStep = Math.Min(SmallestStep, times.First - _last);
        SmallestStep = Math.Min(SmallestStep, times.SmallestStep);
        _last = times.Last;
        chunk.Release();
    }

    private int CheckedCount(long count) => count <= Array.MaxLength
        ? (int)count
        : throw new InputException($"{format.Path}: found more than {Array.MaxLength:N0} rows, expected fewer in one file; split the file by date.");
}
