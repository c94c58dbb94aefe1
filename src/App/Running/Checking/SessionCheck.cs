using System.Globalization;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Storage.Sqlite;

namespace Tradewind.App.Running.Checking;

/// <summary>One question that three answer; null where one of them does not know.</summary>
internal sealed record CheckRow(string What, string? Engine, string? Database, string? Simulator)
{
    /// <summary>Two who know say different things.</summary>
    public bool Differs => new[] { Engine, Database, Simulator }.OfType<string>().Distinct().Count() > 1;
}

/// <summary>Compares a session that has ended: what its engine holds, what its database has stored, and what the simulator says really is.</summary>
/// <remarks>Money is not compared: of a position that the venue made without a trade nobody is told what it cost.</remarks>
internal static class SessionCheck
{
    public static IReadOnlyList<CheckRow> Compare(Engine engine, RunQueries database, string session, SimulatorTruth truth)
    {
        IReadOnlyList<StoredPosition> positions = database.Positions(session);
        IReadOnlyList<StoredOrder> orders = database.Orders(session, int.MaxValue);
        // What the venue took back stands as a fill of the other side; an order's filled units keep it.
        ILookup<long?, StoredFill> fills = database.Fills(session, int.MaxValue).ToLookup(fill => fill.Order);
        decimal Executed(StoredOrder order) => order.Filled - fills[order.Id].Where(fill => fill.Side != order.Side || fill.Quantity < 0).Sum(fill => Math.Abs(fill.Quantity));
        string prefix = $"tw-{session}-";
        // What an earlier session sent keeps its client id, and is found by the simulator's number.
        string TagOf(StoredOrder order) => order.BrokerOrderId is { } number && truth.Numbers.TryGetValue(number, out string? tag) ? tag : prefix + order.Id.ToString(CultureInfo.InvariantCulture);
        var ours = orders.Select(TagOf).ToHashSet();
        TrueOrder Of(StoredOrder order) => truth.Orders.GetValueOrDefault(TagOf(order));
        long[] unlike = [.. orders.Where(order => Executed(order) != Of(order).Executed).Select(order => order.Id)];
        long[] adrift = [.. orders.Where(order => order.Status.IsFinal() == Of(order).IsLive).Select(order => order.Id)];
        return
        [
            .. engine.Options.Instruments.Select((instrument, index) => new CheckRow(
                $"position in {instrument.Symbol}", Number(engine.Account.PositionOf(index).Quantity),
                Number(positions.Where(position => position.Instrument == instrument.Symbol).Sum(position => position.Quantity)),
                Number(truth.Positions.GetValueOrDefault(instrument.Symbol)))),
            new("units executed of our orders", null, Number(orders.Sum(Executed)), Number(truth.Orders.Where(order => IsOurs(order.Key)).Sum(order => order.Value.Executed))),
            new("our orders at work", Number(engine.Options.Instruments.Select((_, index) => engine.Market(index).Working.Count).Sum()),
                Number(orders.Count(order => !order.Status.IsFinal())), Number(truth.Orders.Count(order => IsOurs(order.Key) && order.Value.IsLive))),
            new("orders executed otherwise", null, Numbers([]), Numbers(unlike)),
            new("orders that work at one and not at the other", null, Numbers([]), Numbers(adrift)),
            new("orders taken twice", null, Number(0), Number(truth.TakenTwice.Count(IsOurs))),
        ];

        bool IsOurs(string tag) => tag.StartsWith(prefix, StringComparison.Ordinal) || ours.Contains(tag);
    }

    private static string Number(decimal number) => number.ToString("0.########", CultureInfo.InvariantCulture);

    private static string Numbers(long[] orders) => orders.Length == 0 ? "none" : string.Join(", ", orders.Take(10)) + (orders.Length > 10 ? ", …" : "");
}
