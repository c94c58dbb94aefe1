using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Tradewind.Core.Engine;

/// <summary>State that can be written to and read from a snapshot.</summary>
public interface ISnapshot
{
    /// <summary>Names every mutable field once, in a fixed order. The same list serves writing and reading, so that neither can forget one.</summary>
    void Sync(Snapshot stream);
}

/// <summary>A snapshot does not fit the engine that it is read into.</summary>
public sealed class SnapshotException(string message) : Exception(message);

/// <summary>Bytes of a snapshot, being written or being read. A field passes through <c>Sync</c> in both directions.</summary>
public sealed class Snapshot
{
    private byte[] _bytes;
    private int _position;

    private Snapshot(byte[] bytes, bool isReading)
    {
        _bytes = bytes;
        IsReading = isReading;
    }

    public bool IsReading { get; }

    public static Snapshot ForWriting() => new(new byte[4096], isReading: false);

    public static Snapshot ForReading(ReadOnlySpan<byte> bytes) => new(bytes.ToArray(), isReading: true);

    /// <summary>What was written so far.</summary>
    public byte[] ToArray() => _bytes[.._position];

    /// <summary>True when reading came to the last byte.</summary>
    public bool IsAtEnd => _position == _bytes.Length;

    public void Sync<T>(ref T value) where T : unmanaged
    {
        Span<byte> bytes = Take(Unsafe.SizeOf<T>());
        if (IsReading) value = MemoryMarshal.Read<T>(bytes);
        else MemoryMarshal.Write(bytes, in value);
    }

    public void Sync(ref string? value)
    {
        int length = value is null ? -1 : Encoding.UTF8.GetByteCount(value);
        Sync(ref length);
        if (length < 0)
        {
            value = null;
            return;
        }
        Span<byte> bytes = Take(length);
        if (IsReading) value = Encoding.UTF8.GetString(bytes);
        else Encoding.UTF8.GetBytes(value!, bytes);
    }

    /// <summary>An array whose length may differ from the one in the snapshot; reading replaces it then.</summary>
    public void Sync<T>(ref T[] values) where T : unmanaged
    {
        int length = values.Length;
        Sync(ref length);
        if (IsReading && length != values.Length) values = new T[CheckedLength(length, Unsafe.SizeOf<T>())];
        Sync(values.AsSpan());
    }

    /// <summary>A run of values of fixed length.</summary>
    public void Sync<T>(Span<T> values) where T : unmanaged
    {
        Span<byte> own = MemoryMarshal.AsBytes(values);
        Span<byte> bytes = Take(own.Length);
        if (IsReading) bytes.CopyTo(own);
        else own.CopyTo(bytes);
    }

    public void Sync<T>(List<T> values) where T : unmanaged
    {
        int count = values.Count;
        Sync(ref count);
        if (IsReading) CollectionsMarshal.SetCount(values, CheckedLength(count, Unsafe.SizeOf<T>()));
        Sync(CollectionsMarshal.AsSpan(values));
    }

    public void Sync(ISnapshot part) => part.Sync(this);

    /// <summary>A list of objects; <paramref name="create"/> makes an empty one to read into.</summary>
    public void SyncObjects<T>(List<T> parts, Func<T> create) where T : class, ISnapshot
    {
        int count = parts.Count;
        Sync(ref count);
        if (IsReading)
        {
            parts.Clear();
            for (int i = 0; i < count; i++) parts.Add(create());
        }
        foreach (T part in parts) part.Sync(this);
    }

    /// <summary>Writes a name, or demands it: a snapshot of another engine or version is refused by the first name that differs.</summary>
    /// <exception cref="SnapshotException">The name in the snapshot is another one.</exception>
    public void Section(string name)
    {
        string? found = name;
        Sync(ref found);
        if (found != name) throw new SnapshotException($"The snapshot has \"{found}\" where this engine has \"{name}\": it was taken with other strategies, instruments or settings.");
    }

    private Span<byte> Take(int count)
    {
        if (IsReading && (count < 0 || count > _bytes.Length - _position)) throw new SnapshotException($"The snapshot ends at byte {_bytes.Length}, inside a value of {count} bytes: it is cut off or damaged.");
        if (!IsReading && _position + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _position + count));
        Span<byte> span = _bytes.AsSpan(_position, count);
        _position += count;
        return span;
    }

    private int CheckedLength(int length, int elementSize)
    {
        if (length < 0 || (long)length * elementSize > _bytes.Length - _position) throw new SnapshotException($"The snapshot names a list of {length} values where {_bytes.Length - _position} bytes are left: it is cut off or damaged.");
        return length;
    }
}
