using System.Globalization;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.App.Running.Recovering;

/// <summary>What an earlier session left, made to fit the settings of the one that goes on from it: nothing is dropped.</summary>
/// <remarks>
/// What belonged to a strategy that runs no more gets a caretaker: it holds the position and keeps its protective orders, and wishes nothing. An instrument that is traded no
/// more is traded again, by the caretakers alone. Should the strategy come back in a later session, it takes its position back.
/// </remarks>
internal sealed record Inheritance(Carry Left, RunSettings Settings, IReadOnlyList<string> Notes)
{
    private const string CaretakerSuffix = " (left over)";

    public static Inheritance Of(Carry left, RunSettings wanted, Func<RunSettings, Engine> build)
    {
        RunSettings settings = WithSymbols(left, wanted with { Caretakers = [] });
        List<Slot> slots = SlotsOf(build(settings));
        List<CaretakerChoice> caretakers = [];
        List<string> notes = [];
        List<CarriedStrategy> placed = [];
        foreach (CarriedStrategy strategy in left.Strategies)
        {
            string name = NameOf(strategy);
            int place = slots.FindIndex(slot => !slot.IsTaken && slot.Name == name && slot.Symbol == strategy.Symbol && slot.Occurrence >= (name == strategy.Name ? strategy.Occurrence : 0));
            if (place >= 0)
            {
                slots[place] = slots[place] with { IsTaken = true };
                placed.Add(strategy with { Name = name, Occurrence = slots[place].Occurrence });
                continue;
            }
            string caretaker = name + CaretakerSuffix;
            placed.Add(strategy with { Name = caretaker, Occurrence = caretakers.Count(each => each.Name == caretaker && each.Symbol == strategy.Symbol) });
            caretakers.Add(new(caretaker, strategy.Symbol));
            if (strategy.Quantity != 0m) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{name} does not run on {strategy.Symbol} any more and left {strategy.Quantity} of it: nobody trades that, its protective orders stay; close it with tradewind flatten, or run the strategy again."));
        }
        return new(Fitting(left, settings) with { Strategies = placed }, settings with { Caretakers = caretakers }, notes);
    }

    /// <summary>Highest number of an execution that the engine knows.</summary>
    public long LastExecution => Left.Executions.Select(one => one.Execution).Concat(Left.Orders.SelectMany(order => order.Executions)).DefaultIfEmpty().Max();

    /// <summary>What there is, for people.</summary>
    public string Words
    {
        get
        {
            string[] held = [.. Left.Instruments.Where(instrument => instrument.Quantity != 0m).Select(instrument => string.Create(CultureInfo.InvariantCulture, $"{instrument.Quantity:+#,0.####;-#,0.####} {instrument.Symbol}"))];
            int open = Left.Orders.Count(order => !order.Status.IsFinal());
            return $"{(held.Length > 0 ? string.Join(", ", held) : "flat")}, {(open == 0 ? "no open order" : open == 1 ? "1 open order" : string.Create(CultureInfo.InvariantCulture, $"{open} open orders"))}";
        }
    }

    /// <summary>What a broker's synchroniser has to know, by the numbers of the new engine's instruments.</summary>
    public AccountMemory Memory() => AccountMemory.Of(Left, symbol => Settings.Symbols.ToList().FindIndex(each => each.Equals(symbol, StringComparison.OrdinalIgnoreCase)));

    /// <summary>What is held or ordered must be traded; the strategies stay with what they were meant for.</summary>
    private static RunSettings WithSymbols(Carry left, RunSettings wanted)
    {
        IEnumerable<string> needed =
        [
            .. left.Instruments.Where(instrument => instrument.Quantity != 0m).Select(instrument => instrument.Symbol),
            .. left.Strategies.Select(strategy => strategy.Symbol),
            .. left.Orders.Where(order => !order.Status.IsFinal()).Select(order => left.Instruments[order.Instrument].Symbol),
        ];
        string[] more = [.. needed.Distinct().Except(wanted.Symbols, StringComparer.OrdinalIgnoreCase)];
        if (more.Length == 0) return wanted;
        return wanted with
        {
            Symbols = [.. wanted.Symbols, .. more],
            Strategies = [.. wanted.Strategies.Select(one => one.Symbols.Count > 0 ? one : one with { Symbols = wanted.Symbols })],
        };
    }

    /// <summary>Without orders that are over in instruments that are traded no more.</summary>
    private static Carry Fitting(Carry left, RunSettings settings) => left with
    {
        Orders = [.. left.Orders.Where(order => !order.Status.IsFinal() || settings.Symbols.Contains(left.Instruments[order.Instrument].Symbol, StringComparer.OrdinalIgnoreCase))],
    };

    private static string NameOf(CarriedStrategy strategy) => strategy.Name.EndsWith(CaretakerSuffix, StringComparison.Ordinal) ? strategy.Name[..^CaretakerSuffix.Length] : strategy.Name;

    private static List<Slot> SlotsOf(Engine engine)
    {
        List<Slot> slots = [];
        for (int index = 0; index < engine.StrategyCount; index++)
        {
            StrategyView strategy = engine.Strategy(index);
            string symbol = engine.Options.Instruments[strategy.Instrument].Symbol;
            slots.Add(new(strategy.Name, symbol, slots.Count(slot => slot.Name == strategy.Name && slot.Symbol == symbol), false));
        }
        return slots;
    }

    private sealed record Slot(string Name, string Symbol, int Occurrence, bool IsTaken);
}
