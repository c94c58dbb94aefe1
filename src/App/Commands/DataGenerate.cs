using System.CommandLine;
using System.Runtime.InteropServices;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Simulation.Market;
using Tradewind.Storage.Recording;

namespace Tradewind.App.Commands;

/// <summary>Made-up market data to try things on: the market of the simulator, as a recording.</summary>
internal sealed class DataGenerate
{
    private static readonly Timestamp DefaultFrom = Timestamp.FromUtc(2025, 3, 3);

    private readonly Option<string> _symbol = Opt.Text("--symbol", "SYMBOL", $"One of {string.Join(", ", MarketGenerator.Symbols)}.");
    private readonly Option<string> _target = Opt.Text("--out", "FILE.twr", "The recording to write; data export turns it into CSV.");
    private readonly Option<bool> _force = Opt.Force();
    private readonly Option<string> _from = Opt.Text("--from", "ISO", "A date or a time with an offset (2025-03-03).");
    private readonly Option<string> _days = Opt.Text("--days", "N", "Calendar days from there on, 1 to 3650 (30); for trades 1 to 30 (1).");
    private readonly Option<string> _timeframe = Opt.Text("--timeframe", "LENGTH", "Length of the bars (1m).");
    private readonly Option<bool> _trades = Opt.Flag("--trades", "Single trades instead of bars.");
    private readonly Option<string> _seed = Opt.Text("--seed", "N", "Names the made-up market (1): the same seed gives the same market.");

    public static Command Create(Surroundings around) => new DataGenerate().Build(around);

    private TradewindCommand Build(Surroundings around)
    {
        var command = new TradewindCommand("generate", "Makes up market data to try things on; its known lies are in docs/market-generator.md.",
            "tradewind data generate --symbol ES --days 90 --out es.twr", "tradewind data generate --symbol NQ --trades --out nq-trades.twr")
        {
            _symbol, _target, _force, _from, _days, _timeframe, _trades, _seed,
        };
        command.SetAction(parsed =>
        {
            Wanted wanted = Read(new Given(parsed), around);
            CancellationToken stop = around.WatchForStop();
            RecordingHeader header = wanted.IsOfTrades ? WriteTrades(wanted, around.PathOf(wanted.Path), stop) : WriteBars(wanted, around.PathOf(wanted.Path), stop);
            around.Say($"{header.Count:N0} made-up {DataCommand.Words(header.Kind, header.Timeframe)} of {header.Symbol} from {header.From} to {header.To} written to {wanted.Path}.");
            return ExitCode.Done;
        });
        return command;
    }

    private Wanted Read(Given given, Surroundings around)
    {
        string symbol = given.Required(_symbol), path = given.Target(_target, _force, around);
        bool trades = given.Flag(_trades);
        if (symbol.Length > 0 && !MarketGenerator.Symbols.Contains(symbol, StringComparer.OrdinalIgnoreCase)) given.Refuse($"{_symbol.Name}: the generator has no market of \"{symbol}\"{NearestNames.Suggestion(symbol, MarketGenerator.Symbols)}.");
        if (path.Length > 0 && !path.EndsWith(RecordingHeader.FileSuffix, StringComparison.OrdinalIgnoreCase)) given.Refuse($"{_target.Name}: found \"{path}\", expected a name that ends in {RecordingHeader.FileSuffix}.");
        if (trades && given.Has(_timeframe)) given.Refuse($"{_timeframe.Name} is the length of bars; leave it or {_trades.Name} away.");
        ulong seed = given.Seed(_seed) ?? 1;
        Timeframe timeframe = given.Timeframe(_timeframe) ?? Timeframe.OneMinute;
        Timestamp from = given.Time(_from) ?? DefaultFrom;
        int days = given.Whole(_days, 1, trades ? 30 : 3650) ?? (trades ? 1 : 30);
        if (from < MarketGeneratorOptions.Earliest || from + TimeSpan.FromDays(days) > MarketGeneratorOptions.Latest) given.Refuse($"{_from.Name}: found {from}, expected a time from {MarketGeneratorOptions.Earliest} to {MarketGeneratorOptions.Latest}.");
        given.ThrowIfFaulty();
        Instruments.TryFind(symbol, out Instrument? instrument);
        return new(instrument!, path, trades, timeframe, new() { Seed = seed, Start = from, Instruments = [instrument!] }, from + TimeSpan.FromDays(days));
    }

    private static RecordingHeader WriteBars(Wanted wanted, string path, CancellationToken stop)
    {
        var generator = new MarketGenerator(wanted.Market);
        using var writer = new RecordingWriter<Bar>(path, wanted.Instrument, wanted.Timeframe);
        const int Chunk = 10_000;
        for (Timestamp from = wanted.Market.Start; ;)
        {
            stop.ThrowIfCancellationRequested();
            List<Bar> bars = [.. generator.GenerateBars(wanted.Instrument, wanted.Timeframe, from, Chunk).TakeWhile(bar => bar.Start < wanted.Until)];
            writer.Append(CollectionsMarshal.AsSpan(bars));
            if (bars.Count < Chunk) return writer.Complete();
            from = bars[^1].End;
        }
    }

    private static RecordingHeader WriteTrades(Wanted wanted, string path, CancellationToken stop)
    {
        var generator = new MarketGenerator(wanted.Market);
        using var writer = new RecordingWriter<Trade>(path, wanted.Instrument);
        while (generator.TryNext(out MarketEvent next) && next.Time < wanted.Until)
        {
            stop.ThrowIfCancellationRequested();
            if (next.Kind == MarketEventKind.Trade) writer.Append(new ReadOnlySpan<Trade>(in next.Trade));
        }
        return writer.Complete();
    }

    private sealed record Wanted(Instrument Instrument, string Path, bool IsOfTrades, Timeframe Timeframe, MarketGeneratorOptions Market, Timestamp Until);
}
