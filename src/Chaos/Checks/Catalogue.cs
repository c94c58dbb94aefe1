using Tradewind.Chaos.Faults;

namespace Tradewind.Chaos.Checks;

/// <summary>The faults F1 to F45, each with what shows it. A test holds that every named test exists.</summary>
public static class Catalogue
{
    private const string Doubt = "time in doubt";
    private const string Booked = "execution to booking";
    private const string Synced = "time to Synced";
    private const string Age = "age of data behind a risk order";
    private const string Bare = "time without a stop";

    public static IReadOnlyList<CatalogueEntry> All { get; } =
    [
        new("F1", "Venue accepts, the reply is lost", Fault.F1, Doubt, ["OrderFaultTests.AnOrderWhoseReplyIsLostIsLookedUpAndAdopted", "InDoubtTests.FromInDoubtNothingIsSentAgain"]),
        new("F2", "The request never reaches the venue", Fault.F2, Doubt, ["AbsentOrderTests.AnEntryThatNeverArrivedIsSentOnceMoreUnderItsOwnNumber"]),
        new("F3", "The reply comes after the timeout and a look-up", Fault.F3, Doubt, ["OrderFaultTests.AReplyAfterTheTimeoutAndAfterTheLookUpChangesNothing"]),
        new("F4", "A fill comes before the reply", Fault.F4, Doubt, ["InDoubtTests.AFillInDoubtIsBookedAndEndsTheDoubt"]),
        new("F5", "An event, or the day's executions, come again", Fault.F5, null, ["OrderFaultTests.ADayOfExecutionsToldAgainIsBookedOnce"]),
        new("F6", "Events out of order", Fault.F6, null, ["OrderFaultTests.RowsOfAnOrderInAnyOrderLeadToTheSameEnd", "OrderFaultTests.AFillThatComesBeforeAnyOtherWordOfItsOrderWaitsForTheVenueToSayWhoseItIs"]),
        new("F7", "A fill while a cancel is in flight", Fault.F7, Booked, ["InDoubtTests.ACancelInDoubtIsNotACancel"]),
        new("F8", "A fill or a lost link while a modification is in flight", Fault.F8, Booked, ["ModificationTests.AModificationInDoubtIsNotAModification", "OrderChangeFaultTests.ACancelOfAnOrderThatItsExecutionsEndedSaysThatNothingIsLeft"]),
        new("F9", "The process dies after the intent is durable, before sending", Fault.F9, Synced, ["KillTests.NoKillLosesDoublesOrOrphansAnOrderOrLeavesAPositionUnprotected"]),
        new("F10", "The process dies after sending, before the reply", Fault.F10, Synced, ["KillTests.NoKillLosesDoublesOrOrphansAnOrderOrLeavesAPositionUnprotected"]),
        new("F11", "The process dies between a fill and its writing", Fault.F11, Synced, ["JournalDurabilityTests.AKilledProcessLosesNothingThatItAcknowledged"]),
        new("F12", "Venue ids roll back or are used again", null, null, ["OrderChangeFaultTests.AnOrderNumberThatTheVenueUsesAgainBelongsToItsNewOrder", "OrderChangeFaultTests.NumbersOfAnEarlierVenueSessionSayNothing"]),
        new("F13", "The same order is rejected again and again", Fault.F13, null, ["ProtectedOrFlatTests.ARejectedClosingOrderIsFollowedByAnotherEverMoreRarelyUntilThePositionIsFlat"]),
        new("F14", "Accepted, then ended by the venue", Fault.F14, null, ["ProtectedOrFlatTests.AStopThatTheVenueEndsIsPlacedOnceMoreAndThenThePositionIsClosed"]),
        new("F15", "The client id is already used", Fault.F15, Doubt, ["OrderChangeFaultTests.AClientIdInUseProvesThatTheOrderArrived", "SnapshotFaultTests.AnAcceptedOrderIsAnsweredAsIfItsTagHadBeenUsed"]),
        new("F16", "Unknown states, fields and shapes", Fault.F16, Doubt, ["AccountClientTests.AStateThatNobodyKnowsIsUnknownAndNothingElse", "PayloadTests.NoDamageToARecordHurtsTheNext"]),
        new("F17", "A fill is missing on a healthy stream", Fault.F17, Booked, ["MissedFillTests.AMissedFillIsFoundWithinTenSecondsAndBookedOnceWhereverItFallsBetweenTwoComparisons", "FillFaultTests.AMissingExecutionIsFoundByTheOrdersOwnRow"]),
        new("F18", "Fills during a disconnect", Fault.F18, Booked, ["FillFaultTests.FillsDuringADisconnectAreBookedBeforeTheAccountIsSynced"]),
        new("F19", "Partial fills, then cancel or change", Fault.F19, Booked, ["ProtectionTests.APartialFillIsProtectedAtOnceAndTheRestWhenItComes"]),
        new("F20", "A fill of an unknown order", Fault.F20, Booked, ["FillFaultTests.AnExecutionOfAnUnknownOrderIsBookedAsNobodysOnceTheVenueHasBeenAsked", "FillFaultTests.AnExecutionThatWasNobodysMovesToItsOrderOnceItIsKnown"]),
        new("F21", "The venue fills more than was ordered", Fault.F21, Booked, ["FillFaultTests.MoreThanWasOrderedIsPassedOn"]),
        new("F22", "A trade is taken back or corrected", Fault.F22, "taken back to booked", ["FillFaultTests.AnExecutionTakenBackIsReversedWhoeverItWasOf", "FillFaultTests.AnExecutionTakenBackWhileTheStreamWasDownIsFoundBySweeping"]),
        new("F23", "Somebody trades on the account by hand", Fault.F23, Booked, ["PositionFaultTests.AManualTradeIsNobodysAndAManualOrderIsNoticedOnce"]),
        new("F24", "The position differs from the sum of fills", Fault.F24, "difference to adjustment", ["PositionFaultTests.APositionThatNothingExplainsIsAdoptedAtTheVenuesPriceAndOnlyThenIsTheAccountSynced"]),
        new("F25", "Lists lie: empty, cut, or old", Fault.F25, Synced, ["RestFaultTests.SnapshotsLackOrders", "RestFaultTests.ASnapshotStaysAsItWas", "AccountClientTests.AnAnswerWithoutItsListIsNoEmptyList"]),
        new("F26", "Restart beyond the venue's history", Fault.F26, Synced, ["SnapshotFaultTests.HistoryReachesBackNoFurtherThanTheWindow"]),
        new("F27", "Wrong tick, multiplier or sign in reference data", null, null, ["StartTests.AContractWhoseTickDiffersFromOursIsRefused", "ConnectionTests.ATickThatConflictsAtARollLeavesTheOldContractInPlaceAndSaysSo", "AccountClientTests.APositionWithoutASideIsNotFlat"]),
        new("F28", "A comparison during a burst of fills", Fault.F28, Synced, ["PositionFaultTests.AReplyThatIsOlderThanTheStreamInventsNothing", "PositionFaultTests.ABurstOfFillsDelaysTheComparisonButNotForEver"]),
        new("F29", "The account is restricted", Fault.F29, Synced, ["VenueFaultTests.AnAccountIsRestrictedForAWhile", "AccountFaultTests.AnAccountIsLiquidatedAndRestricted"]),
        new("F30", "The process dies after the entry's fill, before the stop", Fault.F30, Bare, ["ProtectedOrFlatTests.APositionThatIsBeingClosedIsClosedByTheNextSessionToo"]),
        new("F31", "Both legs fill, or the sibling's cancel fails", Fault.F31, Bare, ["ProtectedOrFlatTests.AnOrderThatClosesMoreThanIsHeldHasItsExcessClosed"]),
        new("F32", "The entry is partly filled", Fault.F32, Bare, ["ProtectionTests.APartialFillIsProtectedAtOnceAndTheRestWhenItComes"]),
        new("F33", "The venue or somebody cancels the stop", Fault.F33, Bare, ["ProtectedOrFlatTests.AStopThatTheVenueEndsIsPlacedOnceMoreAndThenThePositionIsClosed"]),
        new("F34", "A stop on the wrong side", Fault.F34, null, ["WishTests.AWishThatMakesNoSenseIsRefusedWithItsReasonAndOrdersNothing", "MovingStopTests.AStopThatTheMarketIsThroughBeforeItIsPlacedIsNotSent"]),
        new("F35", "Venue brackets unavailable, or attached by the account's setting", null, null, ["NativeBracketTests.WhereTheAccountOrTheUserDoesNotWantThemTheEngineProtects", "NativeBracketTests.AnAccountThatIsSwitchedWhileItTradesIsProtectedByTheEngineFromThenOn"]),
        new("F36", "The stream of data freezes on a living connection", Fault.F36, Age, ["LivenessTests.AStreamThatFreezesOnAHealthySocketIsFoundAndMadeAnew"]),
        new("F37", "One symbol freezes", Fault.F37, Age, ["LivenessTests.OfTwoSymbolsOnlyTheFrozenOneGoesDownAndItIsSubscribedAnew"]),
        new("F38", "Reconnect without subscriptions; retries must not end", null, null, ["HubFaultTests.AConnectionEndsWithoutAWordAndSubscriptionsAreNeededAgain", "ConnectionTests.AGatewayInMaintenanceIsTriedForEverWithGrowingWaits", "LivenessTests.ASymbolThatIsSilentFromTheStartThoughItIsTradedIsSubscribedUntilItSpeaks"]),
        new("F39", "A gap after a reconnect", Fault.F39, Age, ["GapTests.AfterALostConnectionTheBarsAreThoseOfTheTape", "FeedGapTests.ABarThatLacksTradesForGoodIsForgotten"]),
        new("F40", "Double, late, reordered trades", Fault.F40, null, ["EndToEndTests.HistoryAndLiveDataJoinWithoutAHoleOrAnOverlap"]),
        new("F41", "Bad ticks", null, null, ["PayloadTests.WhatCannotBeUsedIsDroppedAndTheRestKept", "MarketFaultTests.TicksAreNonsenseOfEachKind"]),
        new("F42", "Bursts of 20 to 50 times the usual trades", Fault.F42, null, ["DeliveryTests.WhileTheInboxIsFullQuotesGiveWayToNewerOnesAndNothingElseIsLost"]),
        new("F43", "Holes in the depth", null, null, ["DepthTests.TheBookBeginsWithAResetAndFollowsTheTypesThatAreLevels", "MarketFaultTests.TheBookHasAHole"]),
        new("F44", "Two feeds disagree", null, null, ["DisagreementTests.TradesBesideTheQuotesTakeTheSymbolOutOfServiceUntilTheyAgree", "DisagreementTests.QuotesThatStandStillWhileTheMarketMovesAreFoundAndTheConnectionIsMadeAnew", "LivenessTests.ATradeChannelThatDiesBesideLivingQuotesIsFound", "SanityTests.AStrangeTradeWaitsForTwoThatAgree", "MarketFaultTests.OneFeedDisagreesWithTheBars"]),
        new("F45", "The token expires, or another login ends it", Fault.F45, Synced, ["LoginTests.ATokenIsRenewedBeforeItExpiresForThirtyDaysWithoutASecondLogin", "LoginTests.ManyWhoNeedATokenAtOnceCauseOneLogin", "ConnectionTests.ASessionThatIsTakenAgainAndAgainIsNotFoughtFor"]),
        .. Beyond,
    ];

    /// <summary>Faults of later parts of the catalogue that worlds draw as well.</summary>
    private static CatalogueEntry[] Beyond =>
    [
        new("F46", "The process stands still for seconds, or its clock is set", Fault.F46, Synced, ["WallClockTests.ALimitOfTimePassesWhileTheClockIsSetBack", "StandstillTests.ASessionThatStoodStillWhileTheMarketWentOnComesIntoOrder"]),
        new("F47", "Clocks of the seasons change", null, null, ["UsTimeTests.EveryQuarterOfAnHourFrom1967To2037HasTheOffsetOfTheTimeZoneDatabase", "CalendarTests.EveryMinuteIsOpenOrClosedAsTheTableSaysAndBelongsToItsTradingDay"]),
        new("F50", "A strategy throws", Fault.F50, null, ["StrategyEndTests.OneThatThrowsAtAFillIsSuspendedAloneAndTheFillIsBooked"]),
        new("F53", "A strategy floods", Fault.F53, null, ["SuspensionTests.OneThatFloodsIsSuspendedAlone"]),
        new("F58", "A second engine on the account", null, null, ["TakeOverTests.AnEngineOfAnotherFolderLooksOnAndSendsNothing", "TakeOverTests.ASessionThatStoodStillWhileAnotherTookOverEndsWithASentence", "LeaseTests.AfterATakeOverTheFormerHolderCannotAct"]),
        new("F59", "Two strategies oppose each other", Fault.F59, null, ["AttributionTests.OppositeWishesCrossInsideWithoutAnOrder"]),
        new("F61", "The disk is full, or fails", Fault.F61, Synced, ["StandstillTests.AFileThatMayNotGrowPausesTheSessionAndEndsItInOrder"]),
        new("F66", "The disk takes up to two seconds", Fault.F66, Synced, ["OutboxTests.NothingIsSentBeforeItsCauseIsOnTheDisk", "HeldDiskTests.AnEntryThatWaitsForTheDiskIsWithheldOnceTheFenceFalls"]),
        new("F79", "Too many requests", Fault.F79, Synced, ["BudgetTests.APauseThatTheGatewayAsksForHoldsEverybody"]),
        new("F80", "Server errors after acceptance, and outages", Fault.F80, Doubt, ["OrderFaultTests.FailedLookUpsProveNothing", "ConnectionTests.AGatewayInMaintenanceIsTriedForEverWithGrowingWaits"]),
        new("F82", "The market is halted", Fault.F82, null, ["MarketHoursTests.WhatClosesIsTriedInAHaltTooAndASnapshotKnowsOfIt", "VenueFaultTests.NothingTradesDuringAHalt"]),
        new("F83", "A person pauses, flattens and resumes", Fault.F83, null, ["ProtectionTests.FlattenCancelsTheEntryClosesThePositionAndStaysPaused"]),
    ];
}
