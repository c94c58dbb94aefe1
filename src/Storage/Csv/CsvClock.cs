using System.Globalization;
using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>How a file writes its times.</summary>
internal enum ClockForm : byte
{
    /// <summary>ISO 8601 with an offset.</summary>
    Iso,

    /// <summary>An ISO 8601 date alone: a trading day, which by convention starts at midnight UTC.</summary>
    Date,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

internal enum ClockFault : byte
{
    None,
    NotATime,
    NoOffset,
    OtherOffset,
    OtherForm,

    /// <summary>Before 1678 or after 2261, which nanoseconds in 64 bits do not reach.</summary>
    OutOfRange,
}

/// <summary>Reads the times of one file, all in the form and with the offset of its first.</summary>
/// <remarks>Keeps the last date that it saw: the rows of a day cost one comparison each.</remarks>
internal struct CsvClock
{
    private readonly ClockForm _form;
    private readonly int _offsetMinutes;
    private ulong _yearMonth;
    private ushort _day;
    private long _midnight;

    public CsvClock(ClockForm form, int offsetMinutes)
    {
        _form = form;
        _offsetMinutes = offsetMinutes;
    }

    public readonly ClockForm Form => _form;

    public readonly int OffsetMinutes => _offsetMinutes;

    /// <summary>Learns form and offset from a file's first time; the first fault otherwise.</summary>
    /// <param name="field">One field, followed by a newline.</param>
    public static ClockFault Detect(ReadOnlySpan<byte> field, out CsvClock clock)
    {
        clock = default;
        int position = field[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        int digits = field[position..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits > 0 && field[position + digits] == '\n')
        {
            if (!TryReadInteger(field, out long value)) return ClockFault.OutOfRange;
            clock = new(UnitOf(value), 0);
            return ClockFault.None;
        }
        if (field.Length == IsoTime.DateLength + 1)
        {
            clock = new(ClockForm.Date, 0);
            return IsoTime.TryReadDate(field, out _) ? ClockFault.None : ClockFault.NotATime;
        }
        ClockFault fault = IsoTime.Read(field, out _, out int offset);
        clock = new(ClockForm.Iso, offset);
        return fault;
    }

    /// <summary>Reads the time at the position and leaves the position behind its last letter.</summary>
    /// <param name="text">Ends with a newline.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(ReadOnlySpan<byte> text, ref int position, out long nanoseconds)
    {
        const int Letters = 20; // 2013-10-06T22:00:00Z
        if (_form != ClockForm.Iso || text.Length - position < Letters) return TryReadAny(text, ref position, out nanoseconds);
        ref byte letters = ref Unsafe.AsRef(in text[position]);
        ulong yearMonth = Unsafe.ReadUnaligned<ulong>(ref letters);
        ushort day = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref letters, 8));
        if (yearMonth != _yearMonth || day != _day) return TryReadAny(text, ref position, out nanoseconds);
        int seconds = IsoTime.SecondOfDay(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref letters, 11)));
        int at = position + Letters;
        long fraction = 0;
        byte mark = Unsafe.Add(ref letters, 10) == 'T' ? Unsafe.Add(ref letters, 19) : (byte)0;
        if (mark == '.' && text.Length - at >= 4) mark = Milliseconds(text, ref at, out fraction);
        if (seconds < 0 || mark != 'Z' || _offsetMinutes != 0) return TryReadAny(text, ref position, out nanoseconds);
        nanoseconds = _midnight + seconds * Timestamp.NanosecondsPerSecond + fraction;
        position = at;
        return true;
    }

    /// <summary>Three decimals and the letter after them, the form that most files have; any other letter sends the caller the long way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Milliseconds(ReadOnlySpan<byte> text, ref int at, out long nanoseconds)
    {
        uint hundreds = (uint)text[at] - '0', tens = (uint)text[at + 1] - '0', ones = (uint)text[at + 2] - '0';
        nanoseconds = (hundreds * 100 + tens * 10 + ones) * Timestamp.NanosecondsPerMillisecond;
        byte mark = hundreds <= 9 && tens <= 9 && ones <= 9 ? text[at + 3] : (byte)0;
        at += 4;
        return mark;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadAny(ReadOnlySpan<byte> text, ref int position, out long nanoseconds)
    {
        nanoseconds = 0;
        int length = text[position..].IndexOfAny((byte)',', (byte)'\n', (byte)'\r');
        if (length < 0 || Read(text.Slice(position, length), out nanoseconds) != ClockFault.None) return false;
        position += length;
        return true;
    }

    /// <summary>Reads a whole field and says what is wrong with it.</summary>
    public ClockFault Read(ReadOnlySpan<byte> field, out long nanoseconds) => _form switch
    {
        ClockForm.Iso => ReadIso(field, out nanoseconds),
        ClockForm.Date => ReadDate(field, out nanoseconds),
        _ => ReadUnix(field, out nanoseconds),
    };

    private ClockFault ReadIso(ReadOnlySpan<byte> field, out long nanoseconds)
    {
        ClockFault fault = IsoTime.Read(field, out nanoseconds, out int offset);
        if (fault != ClockFault.None) return TryReadInteger(field, out _) ? ClockFault.OtherForm : fault;
        if (offset != _offsetMinutes) return ClockFault.OtherOffset;
        Remember(field, nanoseconds);
        return ClockFault.None;
    }

    private void Remember(ReadOnlySpan<byte> field, long nanoseconds)
    {
        long sinceMidnight = nanoseconds % Timestamp.NanosecondsPerDay;
        if (sinceMidnight < 0) sinceMidnight += Timestamp.NanosecondsPerDay;
        _yearMonth = Unsafe.ReadUnaligned<ulong>(in field[0]);
        _day = Unsafe.ReadUnaligned<ushort>(in field[8]);
        _midnight = nanoseconds - sinceMidnight;
    }

    private static ClockFault ReadDate(ReadOnlySpan<byte> field, out long nanoseconds)
    {
        nanoseconds = 0;
        if (field.Length != IsoTime.DateLength || !IsoTime.TryReadDate(field, out nanoseconds))
        {
            return IsoTime.Read(field, out _, out _) == ClockFault.None || TryReadInteger(field, out _) ? ClockFault.OtherForm : ClockFault.NotATime;
        }
        return ClockFault.None;
    }

    private readonly ClockFault ReadUnix(ReadOnlySpan<byte> field, out long nanoseconds)
    {
        nanoseconds = 0;
        if (!TryReadInteger(field, out long value)) return IsoTime.Read(field, out _, out _) == ClockFault.None ? ClockFault.OtherForm : ClockFault.NotATime;
        long unit = _form switch
        {
            ClockForm.Seconds => Timestamp.NanosecondsPerSecond,
            ClockForm.Milliseconds => Timestamp.NanosecondsPerMillisecond,
            ClockForm.Microseconds => Timestamp.NanosecondsPerMicrosecond,
            _ => 1,
        };
        if (value > long.MaxValue / unit || value < -long.MaxValue / unit) return ClockFault.OtherForm;
        nanoseconds = value * unit;
        return ClockFault.None;
    }

    /// <summary>The coarsest unit in which the value lies in the years that a timestamp can hold. Only the first weeks of 1970 are taken for a coarser unit than meant.</summary>
    private static ClockForm UnitOf(long value) => Math.Abs((decimal)value) switch
    {
        <= long.MaxValue / Timestamp.NanosecondsPerSecond => ClockForm.Seconds,
        <= long.MaxValue / Timestamp.NanosecondsPerMillisecond => ClockForm.Milliseconds,
        <= long.MaxValue / Timestamp.NanosecondsPerMicrosecond => ClockForm.Microseconds,
        _ => ClockForm.Nanoseconds,
    };

    private static bool TryReadInteger(ReadOnlySpan<byte> field, out long value) =>
        long.TryParse(field.TrimEnd((byte)'\n'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
