using System.Buffers.Binary;
using System.Text.Json;
using Tradewind.Core.Engine;
using Tradewind.Live.Sync;

namespace Tradewind.App.Running.Recovering;

/// <summary>The state in a checkpoint: the engine's snapshot and the books, the first with its length before it.</summary>
internal static class SessionState
{
    public static byte[] Take(Engine engine, AccountBooks books)
    {
        byte[] snapshot = engine.TakeSnapshot(), kept = books.ToBytes();
        byte[] state = new byte[sizeof(int) + snapshot.Length + kept.Length];
        BinaryPrimitives.WriteInt32LittleEndian(state, snapshot.Length);
        snapshot.CopyTo(state, sizeof(int));
        kept.CopyTo(state, sizeof(int) + snapshot.Length);
        return state;
    }

    /// <summary>False when it does not fit the engine, which must not be used then.</summary>
    public static bool TryRestore(ReadOnlySpan<byte> state, Engine engine, AccountBooks books)
    {
        if (state.Length < sizeof(int)) return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(state);
        if (length < 0 || length > state.Length - sizeof(int)) return false;
        try
        {
            engine.Restore(state.Slice(sizeof(int), length));
            books.Restore(state[(sizeof(int) + length)..]);
            return true;
        }
        catch (Exception fault) when (fault is SnapshotException or JsonException)
        {
            return false;
        }
    }
}
