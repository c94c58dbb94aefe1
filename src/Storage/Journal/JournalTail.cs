using Tradewind.Core.Model;

namespace Tradewind.Storage.Journal;

/// <summary>Decides what unreadable bytes in a journal are: the harmless remains of a crash, or damage to what had been safe.</summary>
internal static class JournalTail
{
    /// <summary>Looks at everything from the first byte that is no whole record.</summary>
    /// <remarks>
    /// A crash loses only what was not durable yet, though not always in order: pages reach the disk as they like. Each record tells up to
    /// which sequence all was durable when it was written. So if any record behind the bad one vouches for it, the bad one is damage.
    /// </remarks>
    /// <exception cref="InputException">What cannot be read had been durable, or belongs to a journal that was closed.</exception>
    public static JournalEnd Judge(JournalBytes bytes, string path, long offset, long lastSequence, ulong? finalHash)
    {
        long length = bytes.FileLength;
        long firstUsed = FirstNonZero(bytes, offset, length);
        if (firstUsed == length) return new(finalHash, null);
        if (finalHash is null && IsVouchedFor(bytes, offset, length, lastSequence + 1))
        {
            throw new InputException($"{path}, byte {offset}: the record with sequence {lastSequence + 1} is damaged (its checksum does not match), and later records show that it had been written whole; restore the file from a backup, what comes before it is whole.");
        }
        long lastUsed = LastNonZero(bytes, firstUsed, length);
        string cut = $"{path}, bytes {offset} to {lastUsed}: {lastUsed - offset + 1} bytes hold no whole record and were cut; what the file tells ends with sequence {lastSequence}. A session that died unexpectedly had acknowledged nothing after it; a file that was cut later has lost what followed.";
        if (finalHash is not null) cut = $"{path}, bytes {offset} to {lastUsed}: {lastUsed - offset + 1} bytes follow the end of the session and were left out; they hold no inputs.";
        return new(finalHash, cut);
    }

    private static bool IsVouchedFor(JournalBytes bytes, long offset, long length, long sequence)
    {
        const int Alignment = 8;
        for (long at = offset; at + JournalRecord.FrameBytes <= length; at += Alignment)
        {
            ReadOnlySpan<byte> frame = bytes.At(at, JournalRecord.FrameBytes);
            if (!JournalRecord.TryReadFrame(frame, out JournalRecord record)) continue;
            if (record.Sequence <= sequence || record.Kind == JournalRecordKind.None || record.DurableSequence < sequence) continue;
            ReadOnlySpan<byte> whole = bytes.At(at, record.TotalBytes);
            if (whole.Length == record.TotalBytes && JournalRecord.IsIntact(whole)) return true;
        }
        return false;
    }

    private static long FirstNonZero(JournalBytes bytes, long from, long to)
    {
        const int Step = 64 * 1024;
        for (long at = from; at < to; at += Step)
        {
            int found = bytes.At(at, (int)Math.Min(Step, to - at)).IndexOfAnyExcept((byte)0);
            if (found >= 0) return at + found;
        }
        return to;
    }

    private static long LastNonZero(JournalBytes bytes, long from, long to)
    {
        const int Step = 64 * 1024;
        long last = from;
        for (long at = from; at < to; at += Step)
        {
            int found = bytes.At(at, (int)Math.Min(Step, to - at)).LastIndexOfAnyExcept((byte)0);
            if (found >= 0) last = at + found;
        }
        return last;
    }
}
