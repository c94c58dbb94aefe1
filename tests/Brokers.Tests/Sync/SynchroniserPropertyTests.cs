namespace Tradewind.Brokers.Tests.Sync;

/// <summary>Thousands of schedules, each with its own mixture of faults; a failing one is named by its seed.</summary>
public sealed class SynchroniserPropertyTests
{
    private const int Schedules = 2_000;
    private const int SecondsOfChaos = 60;

    [Fact]
    public void AfterAnyFaultsEngineAndVenueAgreeInEverything()
    {
        List<string> failures = [];
        for (int seed = 0; seed < Schedules && failures.Count < 10; seed++)
        {
            var chaos = new Chaos(seed);
            chaos.Play(SecondsOfChaos);
            if (chaos.Faults.Count > 0) failures.Add($"seed {seed}: {string.Join("; ", chaos.Faults)}");
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Fact]
    public void TheSameSeedGivesTheSameInputs()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Chaos first = new(seed), second = new(seed);
            first.Play(SecondsOfChaos);
            second.Play(SecondsOfChaos);

            Assert.Equal(first.Run.Books.Log, second.Run.Books.Log);
        }
    }
}
