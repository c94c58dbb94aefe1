using System.CommandLine;
using System.Globalization;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Conformance;
using Tradewind.Conformance.Cards;
using Tradewind.Conformance.Paper;
using Tradewind.Conformance.ProjectX;
using Tradewind.Conformance.Venue;

namespace Tradewind.App.Commands;

/// <summary>Plays the conformance cards of a broker.</summary>
internal static class BrokerCommand
{
    public const string Name = "broker";
    public const string Purpose = "Tests a broker: does it keep its promises when things go wrong?";

    private static readonly Func<ITestBench>[] Benches = [() => new SimulatedProjectXBench(), () => new PaperBench()];

    private static string Names => string.Join(" or ", Benches.Select(bench => bench().Broker));

    public static Command Create(Surroundings around) => new TradewindCommand(Name, Purpose, "tradewind broker test projectx", "tradewind broker test projectx --card 302") { Test(around) };

    private static TradewindCommand Test(Surroundings around)
    {
        Argument<string> broker = Opt.Argument("NAME", $"The broker: {Names}.");
        Option<string[]> cards = Opt.Texts("--card", "N", "Only the card of this number. Repeatable; all that the broker can be tested by where left out.");
        Option<bool> json = Opt.Flag("--json", "As {broker, passed, failed, seconds, cards[]}.");
        var command = new TradewindCommand("test", "Plays the conformance cards: scripted trades at a venue that misbehaves when told, each ending with engine and venue held against each other.",
            "tradewind broker test projectx", "tradewind broker test projectx --card 302 --card 701", "tradewind broker test paper --json")
        {
            Remarks = ["projectx is the real broker against the gateway simulator on a free port; paper is the broker of run --paper.", "Exit code 3 when a card fails. docs/conformance.md describes each card."],
        };
        command.Arguments.Add(broker);
        command.Options.Add(cards);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            ITestBench? bench = BenchOf(given.Required(broker), given);
            Card[] chosen = bench is null ? [] : [.. Chosen(given.Texts(cards), bench, given, cards)];
            given.ThrowIfFaulty();
            return Run(bench!, chosen, given.Flag(json), around);
        });
        return command;
    }

    private static ITestBench? BenchOf(string name, Given given)
    {
        ITestBench? found = Benches.Select(bench => bench()).FirstOrDefault(bench => bench.Broker == name);
        if (found is null && name.Length > 0) given.Refuse($"There are no cards for the broker \"{name}\"; expected {Names}.");
        return found;
    }

    private static IEnumerable<Card> Chosen(string[] numbers, ITestBench bench, Given given, Option option)
    {
        if (numbers.Length == 0) return CardList.All.Where(card => card.CanPlayOn(bench));
        List<Card> chosen = [];
        foreach (string text in numbers)
        {
            Card? card = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? CardList.Find(number) : null;
            if (card is null) given.Refuse($"{option.Name}: found \"{text}\", expected the number of a card, {CardList.All[0].Number} to {CardList.All[^1].Number}; docs/conformance.md lists them.");
            else if (!card.CanPlayOn(bench)) given.Refuse($"{option.Name}: card {card.Number} cannot be played with {bench.Broker}: it needs {card.Needs & ~bench.Offers}.");
            else if (!chosen.Contains(card)) chosen.Add(card);
        }
        return chosen;
    }

    private static int Run(ITestBench bench, IReadOnlyList<Card> cards, bool asJson, Surroundings around)
    {
        CancellationToken stop = around.WatchForStop(TimeSpan.FromSeconds(2));
        var report = new CardReport(around, bench.Broker, asJson);
        var player = new CardPlayer(bench, around.Time);
        report.Begin();
        foreach (Card card in cards) report.Add(player.PlayAsync(card, stop).GetAwaiter().GetResult());
        report.End();
        return report.HasFailures ? ExitCode.Difference : ExitCode.Done;
    }
}
