using System.Text.Json;
using System.Text.Json.Serialization;
using Tradewind.Core.Model;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.State;

/// <summary>
/// Keeps accounts, orders, tags, positions and trades in a file: a first line that says what it is, then a line of JSON for each step of the venue, which is
/// handed to the system before anybody is told of the step. So it outlives the end of the process at any instant, though not a loss of power.
/// </summary>
/// <remarks>A torn last line is cut. The file is written anew, with the latest of everything, when it is opened and when it has grown much. Used within the trading gate.</remarks>
internal sealed class StateFile : IDisposable
{
    private const string FirstLine = """{"file":"tradewind gateway state","version":1}""";
    private const long GrowthLimit = 64 * 1024 * 1024;

    /// <summary>How much market time may pass without a line.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly string _path;
    private readonly HashSet<TradingAccount> _accounts = [];
    private readonly HashSet<VenueOrder> _orders = [];
    private readonly HashSet<Holding> _holdings = [];
    private readonly HashSet<VenueTrade> _trades = [];
    private FileStream _file;
    private Timestamp? _written;
    private long _compactSize;

    private StateFile(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>What the file held when it was opened.</summary>
    public SavedState Saved { get; private set; } = new();

    /// <summary>Opens a file, or begins a new one.</summary>
    /// <exception cref="GatewayException">It cannot be read or written, is in use, or is something else.</exception>
    public static StateFile Open(string path)
    {
        FileStream file = Guard(path, () => OpenAlone(path, FileMode.OpenOrCreate));
        var state = new StateFile(path, file);
        try
        {
            Guard(path, state.Read);
            return state;
        }
        catch (GatewayException)
        {
            state.Dispose();
            throw;
        }
    }

    public void Note(TradingAccount account) => _accounts.Add(account);

    public void Note(VenueOrder order) => _orders.Add(order);

    public void Note(Holding holding) => _holdings.Add(holding);

    public void Note(VenueTrade trade) => _trades.Add(trade);

    /// <summary>Writes what was noted since the last step.</summary>
    /// <exception cref="GatewayException">The file cannot be written.</exception>
    public void Write(TradingVenue venue)
    {
        Timestamp now = venue.Now;
        bool isChanged = _accounts.Count + _orders.Count + _holdings.Count + _trades.Count > 0;
        if (!isChanged && _written is { } last && now - last < LongestSilence) return;
        _written = now;
        var step = new SavedStep(now.Nanoseconds, Rows(_accounts, SavedAccount.Of), Rows(_orders, SavedOrder.Of), Rows(_holdings, SavedHolding.Of), Rows(_trades, SavedTrade.Of));
        Guard(_path, () =>
        {
            Append(_file, step);
            if (_file.Position > _compactSize + GrowthLimit) CompactNow(venue);
        });
    }

    /// <summary>Puts a file with the latest of everything in the place of this one.</summary>
    /// <exception cref="GatewayException">It cannot be written.</exception>
    public void Compact(TradingVenue venue) => Guard(_path, () => CompactNow(venue));

    private void CompactNow(TradingVenue venue)
    {
        string next = _path + ".new";
        long now = venue.Now.Nanoseconds;
        FileStream file = OpenAlone(next, FileMode.Create);
        file.Write(System.Text.Encoding.UTF8.GetBytes(FirstLine + "\n"));
        foreach (TradingAccount account in venue.Accounts)
        {
            Append(file, new(now, [SavedAccount.Of(account)], Holdings: [.. account.Holdings.Select(SavedHolding.Of)], LastHolding: venue.Life.Books.LastHoldingId));
            foreach (VenueOrder[] some in account.Orders.Chunk(1000)) Append(file, new(now, Orders: [.. some.Select(SavedOrder.Of)]));
            foreach (VenueTrade[] some in account.Trades.Chunk(1000)) Append(file, new(now, Trades: [.. some.Select(SavedTrade.Of)]));
        }
        file.Flush(flushToDisk: true);
        _compactSize = file.Position;
        FileStream old = _file;
        File.Move(next, _path, overwrite: true);
        _file = file;
        old.Dispose();
    }

    public void Dispose() => _file.Dispose();

    private void Read()
    {
        using var text = new StreamReader(_file, leaveOpen: true);
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            bool isLast = text.EndOfStream;
            if (++number == 1) ReadFirst(line, isLast);
            else Saved.Take(StepOf(line, number, isLast) ?? new(0));
        }
        _file.Seek(0, SeekOrigin.End);
    }

    private void ReadFirst(string line, bool isLast)
    {
        if (line == FirstLine) return;
        if (!isLast || !FirstLine.StartsWith(line, StringComparison.Ordinal)) throw new GatewayException($"{_path} is no state of the gateway simulator: expected {FirstLine} in its first line. Give another file, or one that does not exist.");
    }

    private SavedStep? StepOf(string line, int number, bool isLast)
    {
        try
        {
            return JsonSerializer.Deserialize<SavedStep>(line, Json);
        }
        catch (JsonException) when (isLast)
        {
            // The process ended while it wrote this step, so nobody was told of it.
            return null;
        }
        catch (JsonException fault)
        {
            throw new GatewayException($"{_path}, line {number} is damaged ({fault.Message}) Give another file, or take the line out.", fault);
        }
    }

    /// <summary>Nobody else may use it meanwhile, but it can be put in another's place.</summary>
    private static FileStream OpenAlone(string path, FileMode mode) =>
        new(path, mode, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None, bufferSize: 0);

    private static void Append(FileStream file, SavedStep step)
    {
        byte[] line = JsonSerializer.SerializeToUtf8Bytes(step, Json);
        Array.Resize(ref line, line.Length + 1);
        line[^1] = (byte)'\n';
        file.Write(line);
    }

    private static TRow[]? Rows<T, TRow>(HashSet<T> noted, Func<T, TRow> rowOf)
    {
        if (noted.Count == 0) return null;
        TRow[] rows = [.. noted.Select(rowOf)];
        noted.Clear();
        return rows;
    }

    private static void Guard(string path, Action work) => Guard(path, () =>
    {
        work();
        return true;
    });

    private static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new GatewayException($"The state {path} cannot be used ({fault.Message.TrimEnd('.')}); end the simulator that uses it, or give a file that may be written.", fault);
        }
    }
}
