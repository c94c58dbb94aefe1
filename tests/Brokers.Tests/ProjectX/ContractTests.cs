using Tradewind.Brokers.ProjectX.Contracts;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>Symbols and the gateway's product ids, after the protocol's reference, section 8.1.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData("ES", "F.US.EP")]
    [InlineData("MES", "F.US.MES")]
    [InlineData("NQ", "F.US.ENQ")]
    [InlineData("MNQ", "F.US.MNQ")]
    [InlineData("RTY", "F.US.RTY")]
    [InlineData("M2K", "F.US.M2K")]
    [InlineData("YM", "F.US.YM")]
    [InlineData("MYM", "F.US.MYM")]
    [InlineData("CL", "F.US.CLE")]
    [InlineData("MCL", "F.US.MCLE")]
    [InlineData("GC", "F.US.GCE")]
    [InlineData("MGC", "F.US.MGC")]
    [InlineData("6E", "F.US.EU6")]
    [InlineData("M6E", "F.US.M6E")]
    [InlineData("ZN", "F.US.TYA")]
    [InlineData("ZB", "F.US.USA")]
    [InlineData("HG", "F.US.CPE")]
    public void ASymbolHasItsProductId(string symbol, string productId) => Assert.Equal(productId, SymbolRoots.SymbolId(symbol));
}
