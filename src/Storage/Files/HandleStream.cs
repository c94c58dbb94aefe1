using Microsoft.Win32.SafeHandles;

namespace Tradewind.Storage;

/// <summary>Appends to a file that somebody else closes.</summary>
internal sealed class HandleStream(SafeFileHandle file) : Stream
{
    private long _position;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _position;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException("The stream only appends.");
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Durable.Write(file, buffer, _position);
        _position += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream only appends.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The stream only appends.");

    public override void SetLength(long value) => throw new NotSupportedException("The stream only appends.");
}
