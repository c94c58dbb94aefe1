using Tradewind.Conformance.Paper;

namespace Tradewind.Conformance.Tests;

public sealed class PaperTests : ConformanceSuite<PaperBench>;
