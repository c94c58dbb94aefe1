using System.Runtime.InteropServices;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Core.Engine;

/// <summary>The kinds of input; the numbers are written to journals and never change.</summary>
public enum InputKind : byte
{
    None = 0,
    Bar = 1,
    Trade = 2,
    Quote = 3,
    Depth = 4,

    /// <summary>
    /// A bar of the past, or of a gap: it goes into the bars in progress and their indicators, and no strategy acts on what it finishes.
    /// It holds nothing that came as a trade.
    /// </summary>
    HistoryBar = 5,

    /// <summary>The clock: nothing but the time has come. Closes bars, lets wishes and day orders expire.</summary>
    Timer = 6,
    Broker = 7,
    Command = 8,
    Feed = 9,

    /// <summary>What a broker said of the account as a whole, or of something in it that is not ours.</summary>
    Account = 10,

    /// <summary>What an earlier session left (<see cref="Tradewind.Core.Engine.Carry"/>, as JSON in the input's text). Only the first input of a session.</summary>
    Carry = 11,
}

/// <summary>The kinds of broker events; the numbers are written to journals and never change.</summary>
public enum BrokerEventKind : byte
{
    None = 0,

    /// <summary>The broker has the order and works it, under the terms confirmed last. Said of one in doubt, it ends the doubt.</summary>
    Accepted = 1,

    /// <summary>The broker refused the order; the input's text says why.</summary>
    Rejected = 2,
    Filled = 3,
    Canceled = 4,

    /// <summary>The broker refused a cancel; the order goes on.</summary>
    CancelRejected = 5,
    Expired = 6,

    /// <summary>The order was sent and nobody knows whether it arrived. It is looked up; until then nothing is sent again.</summary>
    SubmitInDoubt = 7,
    CancelInDoubt = 8,
    ModifyInDoubt = 9,

    /// <summary>
    /// Proven, by two look-ups at least a second apart and a snapshot newer than the sending, that the venue never had the order.
    /// </summary>
    Absent = 10,

    /// <summary>The terms asked for last took effect.</summary>
    Modified = 11,

    /// <summary>The broker refused a modification; the order works under its old terms.</summary>
    ModifyRejected = 12,

    /// <summary>The venue took an execution back (<see cref="BrokerEvent.ExecutionId"/>); quantity and price are those of the fill, the fee is what comes back.</summary>
    Busted = 13,

    /// <summary>
    /// The venue shows an order as working that it, or a proof of absence, had ended: seen in a look-up newer than that end. The order lives again.
    /// </summary>
    Found = 14,

    /// <summary>
    /// The order waited to be sent when trading was paused or the account was not known any more: nothing of it left, and the input's text says why. Only said of what adds risk.
    /// </summary>
    Withheld = 15,

    /// <summary>The venue moved its own trailing stop; <see cref="BrokerEvent.Price"/> says where it stands.</summary>
    StopMoved = 16,

    /// <summary>The order certainly never reached the venue, which was not asked: nothing of it left, and the input's text says why.</summary>
    NotSent = 17,

    /// <summary>A modification certainly never reached the venue, which was not asked: the order works under its old terms.</summary>
    ModifyNotSent = 18,
}

/// <summary>What a broker said of one order. Amounts are 0 where the kind has none.</summary>
/// <param name="ExecutionId">The broker's number of a fill, unique per account: the same one is booked once.</param>
/// <param name="Quantity">Units filled by this event, above 0 for a fill. Where the input names the instrument, the sign may tell the side (sold below 0), so that the fill of an order that the engine does not know can be booked.</param>
/// <param name="Price">Price of this fill.</param>
/// <param name="Fee">Commission and fees of this fill in the instrument's currency; negative is a rebate.</param>
public record struct BrokerEvent(BrokerEventKind Kind, OrderId Order, long ExecutionId = 0, decimal Quantity = 0, decimal Price = 0, decimal Fee = 0);

/// <summary>The kinds of commands; the numbers are written to journals and never change.</summary>
public enum CommandKind : byte
{
    None = 0,

    /// <summary>No new risk: only orders that reduce a position pass.</summary>
    Pause = 1,
    Resume = 2,

    /// <summary>Cancels all working orders and closes all positions; the engine stays paused.</summary>
    Flatten = 3,

    /// <summary>Takes no more signals, decides nothing more and cancels entry orders; orders that protect or close a position stay. The last command of a session.</summary>
    Stop = 4,

    /// <summary>A suspended strategy acts again, and one of which an order was filled for more than was ordered may add to its position again. The argument is its index.</summary>
    ResumeStrategy = 5,

    /// <summary>Asks a strategy no more until it is resumed: its entry orders are canceled, its protective orders stay. The argument is its index.</summary>
    SuspendStrategy = 6,

    /// <summary>The same, because a call of it took longer than its time budget. Nothing in the engine measures time: who has a clock says so.</summary>
    SuspendSlowStrategy = 7,

    /// <summary>A version of a strategy begins to run beside it, and takes over on request; the argument is the strategy's index, the text names the version.</summary>
    TryVersion = 8,

    /// <summary>The same, and it takes over by itself once the strategy's position is flat and no order of it works.</summary>
    SwapVersion = 9,

    /// <summary>The version beside the strategy trades from now on, whatever is held; the one before runs on beside it. Given again, it is the way back.</summary>
    TakeOver = 10,

    /// <summary>The version beside the strategy goes.</summary>
    DropVersion = 11,

    /// <summary>The version beside the strategy is asked no more, because a call of it took longer than its time budget.</summary>
    SuspendSlowVersion = 12,

    /// <summary>Back to the version that traded before the last <see cref="TakeOver"/>; nothing where none did.</summary>
    RollBack = 13,

    /// <summary>As <see cref="TakeOver"/>, but only by a version that has not traded yet.</summary>
    Promote = 14,
}

/// <summary>What an operator asked of the engine.</summary>
/// <param name="Argument">The index of the strategy that is meant; 0 where none is.</param>
public readonly record struct Command(CommandKind Kind, int Argument = 0);

/// <summary>The kinds of feed events; the numbers are written to journals and never change.</summary>
public enum FeedEventKind : byte
{
    None = 0,

    /// <summary>Live data of the instrument flows.</summary>
    Up = 1,

    /// <summary>No live data can be trusted from now on. Bars stay in progress: what is missing of them comes as history, or <see cref="Gap"/> says that it does not.</summary>
    Down = 2,

    /// <summary>Data between two instants is missing and could not be filled from history; the bars in progress are forgotten.</summary>
    Gap = 3,
}

/// <summary>What a feed said of its own state for one instrument.</summary>
public readonly record struct FeedEvent(FeedEventKind Kind, Timestamp From = default, Timestamp To = default);

/// <summary>The kinds of account events; the numbers are written to journals and never change.</summary>
public enum AccountEventKind : byte
{
    None = 0,

    /// <summary>What the account holds is not known for certain (the input's text says why): no new risk.</summary>
    Unsynced = 1,

    /// <summary>A snapshot is being compared: no new risk yet.</summary>
    Syncing = 2,

    /// <summary>Engine and venue agree on orders, fills and positions.</summary>
    Synced = 3,

    /// <summary>The venue lets the account open nothing (the text says why), until <see cref="Synced"/>.</summary>
    Restricted = 4,

    /// <summary>An execution of an order that is not ours: a manual trade, or another program's.</summary>
    ExternalFill = 5,

    /// <summary>The venue's position differs and nothing explains it: what it reports is adopted.</summary>
    PositionAdjusted = 6,

    /// <summary>The venue's cash balance.</summary>
    Balance = 7,

    /// <summary>Something a person should know of the account; the text says what.</summary>
    Notice = 8,

    /// <summary>The venue refused an order because the instrument does not trade now; the text has its words. No new risk in it for a minute.</summary>
    NotTrading = 9,
}

/// <summary>What a broker said of the account. Amounts are 0 where the kind has none. The input's instrument is -1 where it is about none.</summary>
/// <param name="ExecutionId">The broker's number of a foreign fill, unique per account.</param>
/// <param name="Quantity">Signed units: bought above 0, sold below.</param>
/// <param name="Price">Price of the fill, or at which a difference is adopted.</param>
/// <param name="Amount">Fees of the fill, or the balance, in the account's currency.</param>
public readonly record struct AccountEvent(AccountEventKind Kind, long ExecutionId = 0, decimal Quantity = 0, decimal Price = 0, decimal Amount = 0);

/// <summary>One thing that enters the engine. It carries its own time; the engine knows no other.</summary>
/// <remarks>A union: only the member that <see cref="Kind"/> names has a meaning.</remarks>
[StructLayout(LayoutKind.Explicit)]
public readonly struct Input
{
    /// <summary>The broker's order id or words; null where there are none.</summary>
    [FieldOffset(0)] public readonly string? Text;

    [FieldOffset(8)] public readonly InputKind Kind;

    /// <summary>Index of the instrument in the engine, -1 where the input is about none.</summary>
    [FieldOffset(12)] public readonly int Instrument;

    /// <summary>When the engine may know of it. Never earlier than the time of the input before.</summary>
    [FieldOffset(16)] public readonly Timestamp Time;

    [FieldOffset(24)] public readonly Bar Bar;
    [FieldOffset(24)] public readonly Trade Trade;
    [FieldOffset(24)] public readonly Quote Quote;
    [FieldOffset(24)] public readonly DepthUpdate Depth;
    [FieldOffset(24)] public readonly BrokerEvent Broker;
    [FieldOffset(24)] public readonly Command Command;
    [FieldOffset(24)] public readonly FeedEvent Feed;
    [FieldOffset(24)] public readonly AccountEvent Account;

    private Input(InputKind kind, int instrument, Timestamp time, string? text = null)
    {
        Kind = kind;
        Instrument = instrument;
        Time = time;
        Text = text;
    }

    /// <summary>A finished bar; it is known from its end on.</summary>
    public Input(int instrument, in Bar bar) : this(InputKind.Bar, instrument, bar.End) => Bar = bar;

    public Input(int instrument, in Bar bar, Timestamp known, bool isHistory) : this(isHistory ? InputKind.HistoryBar : InputKind.Bar, instrument, known) => Bar = bar;

    public Input(int instrument, in Trade trade) : this(InputKind.Trade, instrument, trade.Time) => Trade = trade;

    public Input(int instrument, in Trade trade, Timestamp known) : this(InputKind.Trade, instrument, known) => Trade = trade;

    public Input(int instrument, in Quote quote) : this(InputKind.Quote, instrument, quote.Time) => Quote = quote;

    public Input(int instrument, in Quote quote, Timestamp known) : this(InputKind.Quote, instrument, known) => Quote = quote;

    public Input(int instrument, in DepthUpdate depth, Timestamp known) : this(InputKind.Depth, instrument, known) => Depth = depth;

    public Input(Timestamp time, in BrokerEvent broker, string? text = null) : this(InputKind.Broker, -1, time, text) => Broker = broker;

    /// <param name="instrument">Of the order that the event is about; -1 where the broker does not say.</param>
    public Input(int instrument, Timestamp time, in BrokerEvent broker, string? text = null) : this(InputKind.Broker, instrument, time, text) => Broker = broker;

    /// <param name="text">The version that <see cref="CommandKind.TryVersion"/> and <see cref="CommandKind.SwapVersion"/> name.</param>
    public Input(Timestamp time, in Command command, string? text = null) : this(InputKind.Command, -1, time, text) => Command = command;

    public Input(int instrument, Timestamp time, in FeedEvent feed) : this(InputKind.Feed, instrument, time) => Feed = feed;

    public Input(int instrument, Timestamp time, in AccountEvent account, string? text = null) : this(InputKind.Account, instrument, time, text) => Account = account;

    /// <summary>What an earlier session left.</summary>
    public static Input Carry(Timestamp time, Carry left) => new(InputKind.Carry, -1, time, left.ToJson());

    public static Input Carry(Timestamp time, string? json) => new(InputKind.Carry, -1, time, json);

    public static Input Timer(Timestamp time) => new(InputKind.Timer, -1, time);

    /// <summary>The same input, known at another time: the live runner stamps what it reads.</summary>
    public Input At(Timestamp time) => new(this, time);

    private Input(in Input other, Timestamp time)
    {
        this = other;
        Time = time;
    }
}
