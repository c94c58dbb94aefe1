using System.Globalization;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>The order book's way from the hub to the inbox.</summary>
public sealed class DepthTests
{
    private const string Es = "CON.F.US.EP.U26";

    [Fact]
    public async Task TheBookBeginsWithAResetAndFollowsTheTypesThatAreLevels()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"], depth: true);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);

        (int Type, double Price, int Size)[] entries =
        [
            (2, 4999.75, 5), (4, 5000, 2), (9, 4999.5, 7), (1, 5000.25, 3), (3, 5000.5, 4), (10, 5000.75, 1), (2, 4999.75, 0),
            (5, 5000, 1), (7, 4900, 0), (8, 5100, 0), (11, 5000, 1), (0, 5000, 1), (2, 4999.8, 1), (2, 50_000, 1), (2, -1, 1), (2, 4999, -1), (6, 0, 0),
        ];
        await gateway.Broadcast("MarketDepth", "GatewayDepth", Es, $"[{string.Join(',', entries.Select(Json))},null]");
        await run.Until(() => Depth(run).Count(text => text == "reset") == 2, market);

        Assert.Equal(
            ["reset", "Buy 4999.75 x 5", "Buy 5000 x 2", "Buy 4999.5 x 7", "Sell 5000.25 x 3", "Sell 5000.5 x 4", "Sell 5000.75 x 1", "Buy 4999.75 x 0", "reset"],
            Depth(run));
        Assert.True(run.Log.Has("not believed (DepthType)") && run.Log.Has("not believed (OffGrid)") && run.Log.Has("not believed (Jump)") && run.Log.Has("not believed (NotPositive)") && run.Log.Has("not believed (Size)"));
    }

    [Fact]
    public async Task WhatCameDuringTheFillingFollowsTheReset()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"], depth: true);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => gateway.HubCount == 1 && gateway.Hub.IsSubscribed("MarketDepth", Es), market);
        await gateway.Broadcast("MarketDepth", "GatewayDepth", Es, """{"type":4,"price":5000,"volume":2}""");

        await run.Until(() => run.IsLive(0), market);

        Assert.Equal(["reset", "Buy 5000 x 2"], Depth(run));
    }

    private static string Json((int Type, double Price, int Size) entry) => string.Create(CultureInfo.InvariantCulture, $$"""{"type":{{entry.Type}},"price":{{entry.Price}},"volume":{{entry.Size}},"currentVolume":0}""");

    private static string[] Depth(FeedRun run) => [.. run.Inputs.Where(input => input.Input.Kind == InputKind.Depth).Select(input => Text(input.Input.Depth))];

    private static string Text(DepthUpdate change) => change.Action == DepthAction.Reset ? "reset" : string.Create(CultureInfo.InvariantCulture, $"{change.Side} {change.Price} x {change.Size}");
}
