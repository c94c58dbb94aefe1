using Polly;
using Polly.Retry;

namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>Repeats reads whose failure may pass: at most three times, after about 0.5, 1 and 2 s or after what the gateway asked for. Never for a call that changes something.</summary>
internal static class ReadRetry
{
    public static ResiliencePipeline Create(TimeProvider time, Chance chance) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is IRestResult { Failure.IsTransient: true }),
            DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Result as IRestResult)?.Failure?.RetryAfter),
            MaxRetryAttempts = 3,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(0.5),
            MaxDelay = TimeSpan.FromSeconds(10),
            UseJitter = true,
            Randomizer = chance.Next,
        })
        .Build();
}
