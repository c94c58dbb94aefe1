using System.Globalization;
using Tradewind.Core.Model;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Matching;

namespace Tradewind.Gateway.Orders;

/// <summary>What the gateway looks at before it takes an order. Each check gives the words of its refusal, or null.</summary>
internal static class OrderChecks
{
    private const int MostTrailTicks = 1000;
    private const int LeastLegTicks = 4;

    /// <summary>Beyond these nothing is calculated: no size, price or distance of what trades here comes near them, and sums of such need not fit their numbers.</summary>
    public const int MostSize = 100_000;
    public const decimal MostPrice = 10_000_000m;
    private const int MostLegTicks = 100_000;

    public static string? Terms(PlaceRequest request, ProductFloor floor, MatchingOptions options, int tickFactor) =>
        Shape(request)
        ?? Bounds(request.Size, request.LimitPrice, request.StopPrice, request.TrailPrice)
        ?? (floor.LastTicks is null && floor.Book.BestAsk is null && floor.Book.BestBid is null ? Texts.NotTrading : null)
        ?? Prices((OrderType)request.Type, (OrderSide)request.Side, request.LimitPrice, request.StopPrice, floor, options, tickFactor)
        ?? ((OrderType)request.Type == OrderType.TrailingStop ? Trail(request.TrailPrice, floor, tickFactor) ?? TooFar(request.TrailPrice!.Value, floor) : null);

    /// <summary>What placing and changing refuse whatever the order's type.</summary>
    public static string? Bounds(int? size, decimal? limit, decimal? stop, decimal? trail)
    {
        if (size > MostSize) return Text($"Invalid order size. Size should be at most {MostSize}.");
        return new[] { limit, stop, trail }.All(price => price is null || IsPrice(price.Value)) ? null : Texts.FarAway;
    }

    public static bool IsPrice(decimal price) => Math.Abs(price) <= MostPrice;

    /// <summary>What a working order of a type may be changed to.</summary>
    public static string? Prices(OrderType type, OrderSide side, decimal? limit, decimal? stop, ProductFloor floor, MatchingOptions options, int tickFactor)
    {
        Instrument instrument = floor.Product.Instrument;
        if (type is OrderType.Limit or OrderType.StopLimit)
        {
            if (limit is not { } price) return Texts.MadeUp.LimitMissing;
            if (!IsOnTick(price, floor, tickFactor)) return Texts.LimitOffTick;
            if (IsFar(price, floor, options)) return Texts.FarAway;
        }
        if (type is not (OrderType.Stop or OrderType.StopLimit)) return null;
        if (stop is not { } level) return Texts.MadeUp.StopMissing;
        if (!IsOnTick(level, floor, tickFactor)) return Texts.StopOffTick;
        if (IsFar(level, floor, options)) return Texts.FarAway;
        long ticks = (long)(level / instrument.TickSize);
        if (side == OrderSide.Bid && ticks <= floor.Book.BestBid) return Texts.BelowBid;
        return side == OrderSide.Ask && ticks >= floor.Book.BestAsk ? Texts.AboveAsk : null;
    }

    /// <summary>The checks that placing and changing share: a change has no limit on the distance.</summary>
    public static string? Trail(decimal? trailPrice, ProductFloor floor, int tickFactor)
    {
        if (trailPrice is not { } price) return Texts.TrailMissing;
        if (!IsOnTick(price, floor, tickFactor)) return Texts.TrailOffTick;
        return floor.LastTicks is null ? Texts.NoLastPrice : null;
    }

    /// <summary>Ticks between the last price and the level that a trailing stop was sent with, cut to a whole number.</summary>
    public static int TrailTicks(decimal trailPrice, ProductFloor floor)
    {
        decimal tick = floor.Product.Instrument.TickSize;
        return (int)Math.Min(int.MaxValue, decimal.Truncate(Math.Abs(floor.LastTicks!.Value * tick - trailPrice) / tick));
    }

    public static string? Brackets(PlaceRequest request, BracketMode mode, bool targetNeedsDistance)
    {
        if (request.StopLossBracket is null && request.TakeProfitBracket is null) return null;
        if (mode != BracketMode.AutoOco) return Texts.PositionBrackets;
        return StopLoss(request.StopLossBracket, (OrderSide)request.Side) ?? TakeProfit(request.TakeProfitBracket, (OrderSide)request.Side, targetNeedsDistance);
    }

    private static string? StopLoss(BracketRequest? bracket, OrderSide side)
    {
        if (bracket is not { Ticks: int ticks }) return null;
        if ((OrderType)bracket.Type is not (OrderType.Stop or OrderType.TrailingStop)) return $"Invalid stop loss type ({NameOf(bracket.Type)})";
        if (side == OrderSide.Bid && ticks >= 0) return Text($"Invalid stop loss ticks ({ticks}). Ticks should be less than zero when longing.");
        if (side == OrderSide.Ask && ticks <= 0) return Text($"Invalid stop loss ticks ({ticks}). Ticks should be greater than zero when shorting.");
        return Distance("stop loss", ticks, LeastLegTicks);
    }

    private static string? TakeProfit(BracketRequest? bracket, OrderSide side, bool needsDistance)
    {
        if (bracket is not { Ticks: int ticks }) return null;
        if ((OrderType)bracket.Type != OrderType.Limit) return $"Invalid take profit type ({NameOf(bracket.Type)})";
        if (side == OrderSide.Bid && ticks <= 0) return Text($"Invalid take profit ticks ({ticks}). Ticks should be greater than zero when going long");
        if (side == OrderSide.Ask && ticks >= 0) return Text($"Invalid take profit ticks ({ticks}). Ticks should be less than zero when going short");
        return Distance("take profit", ticks, needsDistance ? LeastLegTicks : 0);
    }

    private static string? Distance(string leg, int ticks, int least) => Math.Abs((long)ticks) switch
    {
        > MostLegTicks => Text($"Invalid {leg} ticks ({ticks}). Price should be at most {MostLegTicks} ticks away."),
        long distance when distance < least => Text($"Invalid {leg} ticks ({ticks}). Price should be at least {least} ticks away."),
        _ => null,
    };

    private static string? Shape(PlaceRequest request)
    {
        if (request.Size <= 0) return Texts.MadeUp.Size;
        if (request.Type is <= (int)OrderType.Unknown or > (int)OrderType.JoinAsk) return Texts.MadeUp.Type;
        return request.Side is (int)OrderSide.Bid or (int)OrderSide.Ask ? null : Texts.MadeUp.Side;
    }

    private static string? TooFar(decimal trailPrice, ProductFloor floor) => TrailTicks(trailPrice, floor) > MostTrailTicks ? Texts.TrailTooFar : null;

    private static bool IsOnTick(decimal price, ProductFloor floor, int tickFactor) => price % (floor.Product.Instrument.TickSize * tickFactor) == 0;

    private static bool IsFar(decimal price, ProductFloor floor, MatchingOptions options) =>
        floor.LastTicks * floor.Product.Instrument.TickSize is { } last && Math.Abs(price - last) > Math.Abs(last) * options.PriceRange;

    private static string NameOf(int type) => Enum.IsDefined((OrderType)type) ? ((OrderType)type).ToString() : type.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
