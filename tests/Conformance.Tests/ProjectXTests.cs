using Tradewind.Conformance.ProjectX;

namespace Tradewind.Conformance.Tests;

public sealed class ProjectXTests : ConformanceSuite<SimulatedProjectXBench>;
