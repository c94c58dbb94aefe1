using System.Runtime.InteropServices;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Engine;

/// <summary>The kinds of output; the numbers are hashed and stored and never change.</summary>
public enum OutputKind : byte
{
    None = 0,

    /// <summary>A bar that the engine built is finished; its indicators have seen it.</summary>
    BarClosed = 1,

    /// <summary>A strategy said something new. <see cref="Output.Signal"/>.</summary>
    SignalRaised = 2,

    /// <summary>A wish was not taken.</summary>
    SignalRefused = 3,

    /// <summary>The value of an indicator that the strategy of the signal before uses. <see cref="Output.Text"/> names it.</summary>
    IndicatorRead = 4,

    /// <summary>One vote of the decision that follows.</summary>
    VoteCast = 5,

    /// <summary>What all strategies together decided for an instrument.</summary>
    DecisionMade = 6,

    /// <summary>One risk rule's answer to the order that follows, or that was denied. <see cref="Output.Text"/> names the rule.</summary>
    RiskChecked = 7,

    /// <summary>The order goes to the broker; twice where the venue was proven never to have had it. <see cref="Output.Order"/>.</summary>
    OrderSubmitted = 8,

    /// <summary>No order: a risk rule denied it.</summary>
    OrderDenied = 9,

    /// <summary>The broker is asked to cancel. <see cref="Output.Order"/>.</summary>
    CancelRequested = 10,

    /// <summary>Something happened to an order. <see cref="Output.Text"/> holds the words of who said so if there are any; those of an acceptance are the broker's number.</summary>
    OrderChanged = 11,
    FillBooked = 12,
    RoundTripClosed = 13,

    /// <summary>A strategy threw or broke its limits and is not asked any more. <see cref="Output.Text"/> says why.</summary>
    StrategySuspended = 14,
    StrategyResumed = 15,
    TradingStateChanged = 16,

    /// <summary>Something a person should know. <see cref="Output.Text"/> says what.</summary>
    Alert = 17,

    /// <summary>The broker is asked to change a working order. <see cref="Output.Order"/> and <see cref="Output.Terms"/>.</summary>
    ModifyRequested = 18,

    /// <summary>How well the engine knows the account changed. <see cref="Output.Text"/> says why.</summary>
    AccountStateChanged = 19,

    /// <summary>An order of an earlier session: it is not sent. <see cref="Output.Order"/>; <see cref="Output.OrderChanged"/> says where it stood.</summary>
    OrderCarried = 20,

    /// <summary>A strategy's position of an earlier session.</summary>
    PositionCarried = 21,

    /// <summary>A strategy's position was, or is, without a stop that the venue confirmed.</summary>
    ProtectionChanged = 22,

    /// <summary>An execution began or ended. <see cref="Output.Text"/> says how it works, or why it was stopped.</summary>
    ExecutionChanged = 23,
}

/// <summary>Of <see cref="OutputKind.BarClosed"/>.</summary>
public readonly record struct BarClosed(Bar Bar, Timeframe Timeframe, int Series);

/// <summary>Of <see cref="OutputKind.SignalRefused"/>.</summary>
public readonly record struct SignalRefused(SignalAction Action, SignalRefusal Reason);

/// <summary>Of <see cref="OutputKind.IndicatorRead"/>.</summary>
/// <param name="Output">Index of the indicator's output.</param>
public record struct IndicatorRead(long Signal, int Output, double Value);

/// <summary>Of <see cref="OutputKind.VoteCast"/>.</summary>
public record struct VoteCast(long Decision, Vote Vote);

/// <summary>Of <see cref="OutputKind.DecisionMade"/>.</summary>
/// <param name="Target">Signed position that the account is to hold.</param>
/// <param name="Held">Signed position that it holds.</param>
public record struct DecisionMade(long Id, SignalAction Action, double Confidence, decimal Target, decimal Held);

/// <summary>Of <see cref="OutputKind.RiskChecked"/>.</summary>
/// <param name="Rule">Index of the rule in the gate; -1 for the trading state.</param>
public record struct RiskChecked(long Decision, int Rule, RiskDecision Result);

/// <summary>Of <see cref="OutputKind.OrderDenied"/>.</summary>
public readonly record struct OrderDenied(long Decision, RiskCode Code, OrderTerms Terms);

/// <summary>Of <see cref="OutputKind.OrderChanged"/>.</summary>
/// <param name="Event">What happened to it. The status may be the one before: then the filled quantity, the terms or the broker's number changed.</param>
public record struct OrderChanged(OrderId Order, OrderStatus Status, OrderStatus Before, OrderEvent Event, decimal FilledQuantity);

/// <summary>Of <see cref="OutputKind.TradingStateChanged"/>.</summary>
public readonly record struct TradingStateChanged(TradingState State, TradingState Before);

/// <summary>Of <see cref="OutputKind.AccountStateChanged"/>.</summary>
public readonly record struct AccountStateChanged(AccountState State, AccountState Before);

/// <summary>Of <see cref="OutputKind.PositionCarried"/>.</summary>
/// <param name="Quantity">Signed units.</param>
public readonly record struct PositionCarried(decimal Quantity, decimal AveragePrice);

/// <summary>One thing that the engine decided or learned. A union: only the member that <see cref="Kind"/> names has a meaning.</summary>
/// <remarks>Its members are written in place, field by field: the processor waits when a struct is copied that was just written in pieces.</remarks>
[StructLayout(LayoutKind.Explicit)]
public struct Output
{
    [FieldOffset(0)] internal object? Body;

    [FieldOffset(8)] public OutputKind Kind;

    /// <summary>Index of the instrument in the engine, -1 where the output is about none.</summary>
    [FieldOffset(12)] public int Instrument;

    /// <summary>Index of the strategy in the engine, -1 where the output is about none.</summary>
    [FieldOffset(16)] public int Strategy;

    /// <summary>Time of the input that caused it.</summary>
    [FieldOffset(24)] public Timestamp Time;

    [FieldOffset(32)] public BarClosed BarClosed;
    [FieldOffset(32)] public SignalRefused SignalRefused;
    [FieldOffset(32)] public IndicatorRead IndicatorRead;
    [FieldOffset(32)] public VoteCast VoteCast;
    [FieldOffset(32)] public DecisionMade DecisionMade;
    [FieldOffset(32)] public RiskChecked RiskChecked;
    [FieldOffset(32)] public OrderDenied OrderDenied;
    [FieldOffset(32)] public OrderChanged OrderChanged;
    [FieldOffset(32)] public Fill Fill;
    [FieldOffset(32)] public RoundTrip RoundTrip;
    [FieldOffset(32)] public TradingStateChanged TradingStateChanged;
    [FieldOffset(32)] public AccountStateChanged AccountStateChanged;
    [FieldOffset(32)] public PositionCarried PositionCarried;
    [FieldOffset(32)] public ProtectionChanged ProtectionChanged;
    [FieldOffset(32)] public ExecutionChanged ExecutionChanged;

    /// <summary>The terms that a modification asks for.</summary>
    [FieldOffset(32)] public OrderTerms Terms;

    /// <summary>Words; null where the kind has none.</summary>
    public readonly string? Text => Body as string;

    /// <summary>Of <see cref="OutputKind.SignalRaised"/>.</summary>
    public readonly Signal Signal => (Signal)Body!;

    /// <summary>Of <see cref="OutputKind.OrderSubmitted"/>, <see cref="OutputKind.ModifyRequested"/>, <see cref="OutputKind.CancelRequested"/> and <see cref="OutputKind.OrderCarried"/>. Its terms may be read from any thread; the progress is the engine's.</summary>
    public readonly Order Order => (Order)Body!;
}
