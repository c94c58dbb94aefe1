namespace Tradewind.Architecture.Tests;

/// <summary>Tests that end in every way a test can. They run only when <see cref="TestScriptTests"/> asks for them.</summary>
public sealed class TestScriptSamples
{
    [Fact(Explicit = true)]
    public void Passes() => Assert.Equal(4, 2 + 2);

    [Fact(Explicit = true)]
    public void Fails() => Assert.Equal(5, 2 + 2);

    [Fact(Explicit = true)]
    public void Skips() => Assert.Skip("there is no moon today");

    [Fact(Explicit = true)]
    public void Crashes() => Environment.FailFast("the process is gone");

    [Fact(Explicit = true)]
    public void Hangs() => new ManualResetEvent(false).WaitOne();
}

/// <summary>A test that passes while the fixture of its class cannot be cleaned up.</summary>
public sealed class TestScriptCleanupSample(TestScriptCleanupSample.Fixture fixture) : IClassFixture<TestScriptCleanupSample.Fixture>
{
    public sealed class Fixture : IDisposable
    {
        public bool IsBroken { get; set; }

        public void Dispose()
        {
            if (IsBroken) throw new InvalidOperationException("the cleanup broke");
        }
    }

    [Fact(Explicit = true)]
    public void BreaksTheCleanup() => fixture.IsBroken = true;
}
