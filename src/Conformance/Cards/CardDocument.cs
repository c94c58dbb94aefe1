using System.Globalization;
using System.Text;
using Tradewind.Conformance.Venue;

namespace Tradewind.Conformance.Cards;

/// <summary>Writes docs/conformance.md from the cards themselves.</summary>
public static class CardDocument
{
    private const string Head = """
        # Conformance cards

        A broker keeps its promises when it keeps them on bad days. Each card is a script: it trades through the real broker with the real engine at a venue of its
        own, lets something go wrong, and ends with engine and venue held against each other. The venue's word is its own books, not what the broker says of them.

        ```
        tradewind broker test projectx              # every card, against the gateway simulator on a free port
        tradewind broker test projectx --card 302   # one of them
        tradewind broker test paper --json          # the paper broker, for programs
        ```

        Exit code 0 when all pass, 3 when one fails, with what was expected, what was found and the last that the engine heard and said. `--json` tells what was
        measured too. The same cards are tests: `ProjectXTests`, `PaperTests`; a new broker inherits the suite by giving it a bench.

        At the end of every card all faults are healed, everything is closed, and then must hold: the account is synchronised; engine and venue hold the same and have
        the same money; none of our orders works; each order has the fills that the venue has; the venue took no id twice.

        Nothing sleeps: everything is waited for by its condition, at most 20 seconds. The synchroniser's waits are shorter than in the wild, in the same proportions.
        F numbers are those of the fault catalogue that the tests are built by.
        """;

    public static string Write(params IReadOnlyList<ITestBench> benches)
    {
        var text = new StringBuilder(Head);
        text.Append(CultureInfo.InvariantCulture, $"\n\nThere are {CardList.All.Count} cards");
        foreach (ITestBench bench in benches) text.Append(CultureInfo.InvariantCulture, $"; {CardList.All.Count(card => card.CanPlayOn(bench))} are played with {bench.Broker}");
        text.Append(".\n");
        foreach (CardChapter chapter in CardList.Chapters) Write(text, chapter, benches);
        return text.ToString();
    }

    private static void Write(StringBuilder text, CardChapter chapter, IReadOnlyList<ITestBench> benches)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {chapter.Name}\n\n| card | what holds | why | steps | expected | faults | brokers |\n|---|---|---|---|---|---|---|\n");
        foreach (Card card in chapter.Cards)
        {
            string brokers = string.Join(", ", benches.Where(card.CanPlayOn).Select(bench => bench.Broker));
            text.Append(CultureInfo.InvariantCulture, $"| {card.Number} | {card.Name} | {card.Purpose} | {string.Join(' ', card.Steps)} | {string.Join(' ', card.Expected)} | {string.Join(", ", card.Faults)} | {brokers} |\n");
        }
    }
}
