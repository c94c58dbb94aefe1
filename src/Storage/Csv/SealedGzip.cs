using System.IO.Compression;

namespace Tradewind.Storage.Csv;

/// <summary>Unpacks gzip and notices when the end is missing, which the platform's reader takes for the end of the data.</summary>
/// <remarks>
/// A small archive with a known text is put behind the file's last byte; archives in a row are one text. Where the file is whole,
/// the text ends with the known one. Where it is cut off, the reader takes the small archive for more of what was cut, and the known text never comes.
/// </remarks>
internal static class SealedGzip
{
    /// <summary>What the text of a whole file ends with. No newline, so that it stays with the last line.</summary>
    public static ReadOnlySpan<byte> Seal => "\u0004whole\u0004"u8;

    public static Stream Open(Stream packed) => new GZipStream(new Followed(packed, PackedSeal()), CompressionMode.Decompress);

    private static byte[] PackedSeal()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression)) gzip.Write(Seal);
        return packed.ToArray();
    }

    /// <summary>A stream and then some bytes.</summary>
    private sealed class Followed(Stream first, byte[] then) : Stream
    {
        private int _taken;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException("The length is not known.");

        public override long Position
        {
            get => throw new NotSupportedException("The stream only reads on.");
            set => throw new NotSupportedException("The stream only reads on.");
        }

        public override int Read(Span<byte> buffer)
        {
            int read = first.Read(buffer);
            if (read > 0 || buffer.IsEmpty) return read;
            int length = Math.Min(buffer.Length, then.Length - _taken);
            then.AsSpan(_taken, length).CopyTo(buffer);
            _taken += length;
            return length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The stream only reads on.");

        public override void SetLength(long value) => throw new NotSupportedException("The stream only reads on.");

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream only reads on.");

        protected override void Dispose(bool disposing)
        {
            if (disposing) first.Dispose();
            base.Dispose(disposing);
        }
    }
}
