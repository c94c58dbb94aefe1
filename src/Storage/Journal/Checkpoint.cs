using System.Buffers.Binary;
using System.Text;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Journal;

/// <summary>Where a session stood after one of its inputs, so that what follows it can be run again without what came before. Byte by byte in <c>docs/formats.md</c>.</summary>
/// <param name="Session">The journal's session.</param>
/// <param name="Build">Version of the program that made the state; another one may not read it.</param>
/// <param name="Sequence">The last input that the state has seen.</param>
/// <param name="Offset">Where the journal's next record begins.</param>
/// <param name="OutputHash">The engine's hash after that input: the journal's next record has the same.</param>
/// <param name="State">Whatever the program needs to go on.</param>
/// <remarks>It only saves time: the journal is the truth, and where a checkpoint is missing, damaged or of another journal, all of the journal is read.</remarks>
public sealed record Checkpoint(string Session, string Build, long Sequence, long Offset, ulong OutputHash, byte[] State)
{
    public const string Extension = ".twc";

    private const int Version = 1;
    private const int FixedBytes = 56;

    private static ReadOnlySpan<byte> Magic => "TWC\r\n\u001A\n\0"u8;

    /// <summary>Beside its journal.</summary>
    public static string PathOf(string journal) => Path.ChangeExtension(journal, Extension);

    /// <summary>Takes the place of the one before, whole and on the disk, or leaves that as it was.</summary>
    /// <param name="written">Is called when the bytes are on the disk and the name is not; null for nobody.</param>
    /// <exception cref="StorageException">The disk is full or failed.</exception>
    /// <exception cref="InputException">The directory may not be written to.</exception>
    public void Write(string path, Action? written = null)
    {
        using var file = new AtomicFile(path);
        byte[] bytes = ToBytes();
        file.Write(handle =>
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Durable.Write(handle, bytes, 0);
            RandomAccess.FlushToDisk(handle);
        });
        written?.Invoke();
        file.Commit();
    }

    /// <summary>Null where there is none that can be used; then <paramref name="fault"/> says why, or is null where there simply is no file.</summary>
    public static Checkpoint? TryRead(string path, out string? fault)
    {
        fault = null;
        if (!File.Exists(path)) return null;
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (Read(bytes) is { } read) return read;
            fault = $"{path}: found bytes that are no whole checkpoint; it is not used.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            fault = $"{path}: cannot be read ({failure.Message.TrimEnd('.')}); it is not used.";
        }
        return null;
    }

    private byte[] ToBytes()
    {
        byte[] session = Encoding.UTF8.GetBytes(Session), build = Encoding.UTF8.GetBytes(Build);
        byte[] bytes = new byte[FixedBytes + session.Length + build.Length + State.Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), bytes.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Offset);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), OutputHash);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), session.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(44), build.Length);
        session.CopyTo(bytes, FixedBytes);
        build.CopyTo(bytes, FixedBytes + session.Length);
        State.CopyTo(bytes, FixedBytes + session.Length + build.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(48), Checksum(bytes));
        return bytes;
    }

    private static Checkpoint? Read(byte[] bytes)
    {
        if (bytes.Length < FixedBytes || !bytes.AsSpan().StartsWith(Magic)) return null;
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)) != Version || BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12)) != bytes.Length) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(48)) != Checksum(bytes)) return null;
        int session = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(40)), build = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(44));
        if (session < 0 || build < 0 || (long)session + build > bytes.Length - FixedBytes) return null;
        return new(
            Encoding.UTF8.GetString(bytes, FixedBytes, session), Encoding.UTF8.GetString(bytes, FixedBytes + session, build),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24)), BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(32)),
            bytes[(FixedBytes + session + build)..]);
    }

    /// <summary>Of everything but the checksum itself.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes) => ~Crc32C.Update(Crc32C.Update(uint.MaxValue, bytes[..48]), bytes[52..]);
}
