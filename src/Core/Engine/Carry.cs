using System.Text.Json;
using System.Text.Json.Serialization;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Engine;

/// <summary>What a session left behind, as the one that goes on from it takes it in: its first input. It speaks of strategies and instruments by their names.</summary>
/// <remarks>In journals it stands as JSON (<c>docs/formats.md</c>). Money and quantities keep their decimal places, because equal hashes need them.</remarks>
public sealed record Carry
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new TimestampConverter() },
    };

    /// <summary>The session that left it.</summary>
    public required string Session { get; init; }

    public required CarriedAccount Account { get; init; }

    /// <summary>In the order of the session that left it; orders name them by their index here.</summary>
    public IReadOnlyList<CarriedInstrument> Instruments { get; init; } = [];

    /// <summary>Those that hold something or have a part in an order; shares of orders name them by their index here.</summary>
    public IReadOnlyList<CarriedStrategy> Strategies { get; init; } = [];

    /// <summary>What strategies' last closed round trips came to, where the sizing looks at them; those that do not run any more are left out. Null for none.</summary>
    public IReadOnlyList<CarriedResults>? Results { get; init; }

    /// <summary>Open ones, and those that ended not long ago and may still have a late fill.</summary>
    public IReadOnlyList<CarriedOrder> Orders { get; init; } = [];

    /// <summary>Executions that the engine has booked, from <see cref="ExecutionsSince"/> on, and all of the open orders.</summary>
    public IReadOnlyList<CarriedExecution> Executions { get; init; } = [];

    public Timestamp ExecutionsSince { get; init; }

    /// <summary>Highest number of an order so far: the next session counts on from it.</summary>
    public long LastOrder { get; init; }

    /// <summary>Trading was paused or halted when it crashed: the next session begins with a pause.</summary>
    public bool IsPaused { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <exception cref="InvalidOperationException">The text is not what a session left.</exception>
    public static Carry FromJson(string? json)
    {
        try
        {
            return JsonSerializer.Deserialize<Carry>(json ?? "", Format) ?? throw new InvalidOperationException("What an earlier session left is empty.");
        }
        catch (JsonException fault)
        {
            throw new InvalidOperationException($"What an earlier session left cannot be read ({fault.Message}).", fault);
        }
    }

    /// <summary>Times as nanoseconds since 1970.</summary>
    public sealed class TimestampConverter : JsonConverter<Timestamp>
    {
        public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteNumberValue(value.Nanoseconds);
        }
    }
}

/// <summary>Money and the measure of drawdown; see <see cref="Portfolio.Account"/>.</summary>
public sealed record CarriedAccount(decimal StartingCash, decimal Cash, decimal RealizedPnl, decimal Fees, double Peak, double MaxDrawdown, double MaxDrawdownRate);

/// <summary>What the account holds of an instrument, strategies and others together.</summary>
/// <param name="Quantity">Signed units.</param>
/// <param name="Cost">Sum of quantity times price over what is open, signed as the quantity.</param>
/// <param name="Mark">Last price; null before the first.</param>
public sealed record CarriedInstrument(string Symbol, decimal Quantity, decimal Cost, double? Mark);

/// <summary>A strategy's own position and its protection.</summary>
/// <param name="Occurrence">Of several of one name on one instrument, which: 0 for the first.</param>
public sealed record CarriedStrategy(string Name, string Symbol, int Occurrence, decimal Quantity, decimal Cost)
{
    public CarriedProtection Protection { get; init; } = new();

    /// <summary>The round trip in progress; null where it is flat.</summary>
    public CarriedRoundTrip? RoundTrip { get; init; }
}

/// <summary>What a strategy's last closed round trips in an instrument came to.</summary>
/// <param name="PerUnit">Money for each unit, after fees; the latest comes last.</param>
public sealed record CarriedResults(string Name, string Symbol, int Occurrence, IReadOnlyList<double> PerUnit);

/// <summary>Prices of 0 and orders of 0 mean none.</summary>
public sealed record CarriedProtection(decimal StopLoss = 0, decimal TakeProfit = 0, long StopOrder = 0, long TakeProfitOrder = 0)
{
    /// <summary>How the stop moves by itself; what rests on an indicator stays behind.</summary>
    public ExitTerms Exits { get; init; }

    /// <summary>Best price since the entry, while the stop moves by itself.</summary>
    public double BestPrice { get; init; }

    /// <summary>The venue moves the stop.</summary>
    public bool IsVenueTrailed { get; init; }

    /// <summary>Where parts of it are closed, nearest first; null for none.</summary>
    public IReadOnlyList<CarriedTarget>? Targets { get; init; }

    /// <summary>The largest size that the position had, of which those parts are.</summary>
    public decimal LargestPosition { get; init; }

    /// <summary>The position is being closed at the market, whatever the strategy wishes.</summary>
    public bool IsClosing { get; init; }

    /// <summary>What the strategy last wished for: a fill of an order that it led to is protected by the wish's prices, whatever became of the wish.</summary>
    public SignalAction PlannedAction { get; init; }

    public decimal PlannedStopLoss { get; init; }

    public decimal PlannedTakeProfit { get; init; }
}

/// <summary>A price at which a part of a position is closed.</summary>
/// <param name="Price">0 for none.</param>
/// <param name="Closed">Units that it closed so far.</param>
/// <param name="Order">Its order; 0 for none.</param>
public sealed record CarriedTarget(decimal Price, decimal Quantity, decimal Fraction, decimal Closed, long Order);

/// <summary>See <see cref="Portfolio.RoundTrip"/>.</summary>
public sealed record CarriedRoundTrip(Timestamp Entered, decimal EntryQuantity, decimal EntryValue, decimal ExitValue, decimal GrossPnl, decimal Fees);

/// <summary>One strategy's part of an order.</summary>
/// <param name="Strategy">Index in <see cref="Carry.Strategies"/>.</param>
public sealed record CarriedShare(int Strategy, decimal Quantity);

/// <summary>An order as its session left it.</summary>
/// <param name="ClientId">The id under which it was sent, and under which it stays.</param>
/// <param name="Instrument">Index in <see cref="Carry.Instruments"/>.</param>
public sealed record CarriedOrder(long Id, string ClientId, int Instrument, Timestamp Created)
{
    public required CarriedTerms Terms { get; init; }

    /// <summary>Asked for and not answered; null for none.</summary>
    public CarriedTerms? AskedTerms { get; init; }

    public required OrderPurpose Purpose { get; init; }

    public double ReferencePrice { get; init; }

    public required IReadOnlyList<CarriedShare> Shares { get; init; }

    public required OrderStatus Status { get; init; }

    public OrderDoubt Doubt { get; init; }

    /// <summary>What else the engine remembers of it, as bits.</summary>
    public int Marks { get; init; }

    /// <summary>It ended by the proof that the venue never had it, not by the venue's word.</summary>
    [JsonIgnore]
    public bool IsHeldAbsent => ((OrderMarks)Marks & OrderMarks.HeldAbsent) != 0;

    public int Sends { get; init; }

    public decimal FilledQuantity { get; init; }

    /// <summary>Sum of quantity times price over the fills.</summary>
    public decimal FilledValue { get; init; }

    /// <summary>The broker's number; null where it was never told.</summary>
    public string? BrokerOrderId { get; init; }

    public IReadOnlyList<long> Executions { get; init; } = [];

    /// <summary>The execution of which it fills a part; null for none. The execution itself ended with its session.</summary>
    public long? Parent { get; init; }

    /// <summary>See <see cref="Order.TrailTicks"/>.</summary>
    public int TrailTicks { get; init; }
}

/// <summary>What an order asks for; its purpose stands in <see cref="CarriedOrder"/>.</summary>
public sealed record CarriedTerms(Side Side, OrderType Type, TimeInForce TimeInForce, decimal Quantity, decimal LimitPrice, decimal StopPrice)
{
    public Timestamp GoodTill { get; init; }

    public bool IsReduceOnly { get; init; }

    public OrderTerms For(OrderPurpose purpose) => new(Side, Type, TimeInForce, purpose, Quantity, LimitPrice, StopPrice) { GoodTill = GoodTill, IsReduceOnly = IsReduceOnly };
}

/// <summary>An execution that was booked.</summary>
/// <param name="Order">0 for one that was not ours.</param>
/// <param name="Instrument">Index in <see cref="Carry.Instruments"/>.</param>
/// <param name="Quantity">Signed units.</param>
public sealed record CarriedExecution(long Execution, long Order, int Instrument, decimal Quantity, decimal Price, decimal Fee, Timestamp Time)
{
    /// <summary>The venue took it back.</summary>
    public bool IsReversed { get; init; }
}
