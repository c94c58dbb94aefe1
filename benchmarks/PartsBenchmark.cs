using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Perfolizer.Horology;

namespace Tradewind.Benchmarks;

/// <summary>Runs <see cref="Parts"/> in this process, so that the runtime is set as the program's is.</summary>
internal static class PartsBenchmark
{
    public static int Run()
    {
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithSummaryStyle(SummaryStyle.Default.WithTimeUnit(TimeUnit.Nanosecond).WithMaxParameterColumnWidth(60))
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "parts"));
        return BenchmarkRunner.Run<Parts>(config).Reports.All(report => report.Success) ? 0 : 1;
    }
}
