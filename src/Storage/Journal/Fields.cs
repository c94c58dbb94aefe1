using System.Buffers.Binary;
using System.Text;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Journal;

/// <summary>Puts fields one behind the other, little-endian.</summary>
internal ref struct FieldWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    public int Length { get; private set; }

    public void Add(byte value) => Take(1)[0] = value;

    public void Add(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    public void Add(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    public void Add(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);

    /// <summary>The 96-bit number in three words, lowest first, then sign and scale: the scale is kept, as 1.0 and 1.00 hash differently.</summary>
    public void Add(decimal value)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(value, words);
        foreach (int word in words) Add(word);
    }

    /// <summary>Length in bytes and UTF-8; the length is -1 for null.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            Add(-1);
            return;
        }
        int length = Encoding.UTF8.GetBytes(text, _bytes[(Length + sizeof(int))..]);
        Add(length);
        Length += length;
    }

    private Span<byte> Take(int count)
    {
        Span<byte> taken = _bytes.Slice(Length, count);
        Length += count;
        return taken;
    }
}

/// <summary>Takes fields one after the other. Reading past the end gives zeroes and spoils <see cref="IsAtEnd"/>.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>True when every byte was read and none was missing.</summary>
    public readonly bool IsAtEnd => _position == _bytes.Length;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public Timestamp Time() => new(Int64());

    public decimal Decimal()
    {
        int low = Int32(), middle = Int32(), high = Int32(), flags = Int32();
        byte scale = (byte)(flags >> 16);
        const int SignAndScale = unchecked((int)0x80FF_0000);
        if (scale > 28 || (flags & ~SignAndScale) != 0) Spoil();
        return new(low, middle, high, flags < 0, Math.Min(scale, (byte)28));
    }

    public string? Text()
    {
        int length = Int32();
        if (length < 0) return null;
        if (length > _bytes.Length - _position)
        {
            Spoil();
            return null;
        }
        return Encoding.UTF8.GetString(Take(length));
    }

    private void Spoil() => _position = _bytes.Length + 1;

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count <= _bytes.Length - _position)
        {
            ReadOnlySpan<byte> taken = _bytes.Slice(_position, count);
            _position += count;
            return taken;
        }
        Spoil();
        return new byte[count];
    }
}
