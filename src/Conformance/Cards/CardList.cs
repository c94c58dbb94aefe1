namespace Tradewind.Conformance.Cards;

/// <summary>All cards, by chapter.</summary>
public static class CardList
{
    public static IReadOnlyList<CardChapter> Chapters { get; } =
    [
        new("Orders", SubmittingCards.All),
        new("Refusals and ends", RefusalCards.All),
        new("Orders in doubt", [.. SubmitDoubtCards.All, .. CancelDoubtCards.All, .. ModifyDoubtCards.All]),
        new("Changes and cancels", ChangingCards.All),
        new("Fills and brackets", BracketCards.All),
        new("The stream", StreamCards.All),
        new("Restarts and logins", RestartCards.All),
        new("The account", AccountCards.All),
        new("Brackets of the venue", VenueBracketCards.All),
        new("Trailing stops of the venue", VenueTrailCards.All),
    ];

    public static IReadOnlyList<Card> All { get; } = [.. Chapters.SelectMany(chapter => chapter.Cards)];

    /// <summary>The card of a number; null where there is none.</summary>
    public static Card? Find(int number) => All.FirstOrDefault(card => card.Number == number);
}

public sealed record CardChapter(string Name, IReadOnlyList<Card> Cards);
