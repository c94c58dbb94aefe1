using Tradewind.Benchmarks;

switch (args is [var what, ..] ? what : "engine")
{
    case "engine":
        WholeEngine.Run(args is [_, var part, ..] ? part : "");
        return 0;
    case "indicators":
        IndicatorBenchmark.Run();
        return 0;
    case "strategies":
        StrategyForkBenchmark.Run();
        return 0;
    case "feed":
        await FeedThroughput.RunAsync();
        return 0;
    case "live":
        return await LiveLoad.RunAsync(args[1..]);
    case "intent":
        return await IntentBenchmark.RunAsync(args[1..]);
    case "wire":
        return await WireBenchmark.RunAsync(args[1..]);
    case "restart":
        return await RestartBenchmark.RunAsync();
    case "parts":
        return PartsBenchmark.Run();
    case "process":
        return ProcessBenchmark.Run();
    default:
        Console.Error.WriteLine($"There is no benchmark \"{args[0]}\"; expected engine, indicators, parts, process, strategies, feed, live, intent, wire or restart.");
        return 2;
}
