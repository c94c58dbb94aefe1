using Microsoft.Data.Sqlite;

namespace Tradewind.Processes.Tests.Support;

/// <summary>Compares what engine, venue and database hold to be true; each difference is a sentence.</summary>
public static class Agreement
{
    /// <param name="database">Path of the session's database.</param>
    public static IReadOnlyList<string> Differences(EngineView engine, Truth venue, string database) =>
    [
        .. Compare("the account holds in the engine", engine.Positions, "at the venue", venue.Positions),
        .. Compare("strategies hold", engine.OfStrategies, "the account", engine.Positions),
        .. Compare("the database has", Stored(database, engine.Session), "the engine", engine.OfStrategies),
        .. Orders(engine, venue),
        .. Protection(engine, venue),
    ];

    /// <summary>What is wrong for ever, whatever else happens: no waiting cures it.</summary>
    public static IReadOnlyList<string> Doubled(Truth venue) =>
        [.. venue.Placed.GroupBy(tag => tag).Where(group => group.Count() > 1).Select(group => $"{group.Key} was placed {group.Count()} times")];

    private static IEnumerable<string> Compare(string one, IReadOnlyDictionary<string, decimal> first, string other, IReadOnlyDictionary<string, decimal> second) =>
        first.Keys.Union(second.Keys).Where(symbol => first.GetValueOrDefault(symbol) != second.GetValueOrDefault(symbol))
            .Select(symbol => $"{one} {first.GetValueOrDefault(symbol)} {symbol}, {other} {second.GetValueOrDefault(symbol)}");

    /// <summary>Every order that works on one side works on the other, under the venue's number.</summary>
    private static IEnumerable<string> Orders(EngineView engine, Truth venue)
    {
        string[] ours = [.. engine.Working.Select(order => order.BrokerId ?? $"order {order.Id} ({order.Status})")], theirs = [.. venue.Open.Select(order => order.Id)];
        foreach (string lost in ours.Except(theirs)) yield return $"{lost} works in the engine alone";
        foreach (string orphan in theirs.Except(ours)) yield return $"{orphan} works at the venue alone ({venue.Open.First(order => order.Id == orphan)})";
        foreach (EngineOrderRow order in engine.Working.Where(order => order.Status is not ("Working" or "PartiallyFilled"))) yield return $"order {order.Id} is {order.Status}";
    }

    /// <summary>All strategies here protect what they hold by a stop.</summary>
    private static IEnumerable<string> Protection(EngineView engine, Truth venue)
    {
        foreach ((string symbol, decimal held) in venue.Positions)
        {
            decimal stops = venue.Open.Where(order => order.Symbol == symbol && order.IsStop).Sum(order => order.Signed - Math.Sign(order.Signed) * order.Filled);
            if (stops != -held) yield return $"{held} {symbol} is protected by stops for {stops}";
        }
        foreach (VenueOrderRow stop in venue.Open.Where(order => order.IsStop && !venue.Positions.ContainsKey(order.Symbol))) yield return $"stop {stop.Id} protects nothing";
        if (!engine.IsSynced) yield return "the account is not synced";
        if (!engine.IsIdle) yield return "inputs wait";
    }

    private static Dictionary<string, decimal> Stored(string database, string session)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT instrument, quantity FROM positions JOIN runs ON runs.key = positions.run WHERE runs.id = $session";
        command.Parameters.AddWithValue("$session", session);
        using SqliteDataReader reader = command.ExecuteReader();
        Dictionary<string, decimal> sums = [];
        while (reader.Read()) sums[reader.GetString(0)] = sums.GetValueOrDefault(reader.GetString(0)) + decimal.Parse(reader.GetString(1), System.Globalization.CultureInfo.InvariantCulture);
        return sums.Where(sum => sum.Value != 0).ToDictionary();
    }
}
