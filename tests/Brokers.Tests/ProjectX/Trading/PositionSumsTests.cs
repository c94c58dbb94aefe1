using Microsoft.Extensions.Logging.Abstractions;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Contracts;
using Tradewind.Brokers.ProjectX.Trading;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>Around a roll a product has two contracts: what closes a position has to go to the one that it is in.</summary>
public sealed class PositionSumsTests : IAsyncLifetime
{
    private const string Old = "CON.F.US.EP.U26", New = "CON.F.US.EP.Z26";

    private ScriptedGateway _gateway = null!;
    private PositionSums _sums = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await ScriptedGateway.Start();
        IReadOnlyList<Instrument> instruments = [FeedRun.Find("ES")];
        var directory = new ContractDirectory(OrderClientTests.Client(_gateway), live: false, NullLogger.Instance);
        Assert.True((await directory.ResolveAsync(instruments, ScriptedGateway.Patience)).IsSuccess);
        _gateway.Contracts[0] = ScriptedGateway.Contract(New, "F.US.EP", 0.25m, 12.5m);
        Assert.True((await directory.ResolveAsync(instruments, ScriptedGateway.Patience)).IsSuccess);
        _sums = new(new(instruments, directory));
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public void AnEmptyListDoesNotForgetInWhichContractThePositionIsWhileOneIsHeld()
    {
        _sums.Replace([Row(Old, 2)]);
        Assert.Empty(_sums.Replace([]));
        Assert.Equal((Old, null), (_sums.ContractOf(0, isHeld: true), _sums.ContractOf(0, isHeld: false)));
        _sums.Change(Row(New, 1));
        _sums.Change(Row(New, 0));
        Assert.Equal((New, null), (_sums.ContractOf(0, isHeld: true), _sums.ContractOf(0, isHeld: false)));
    }

    [Fact]
    public void ThePositionsOfAllContractsOfAProductAreOne()
    {
        Assert.Equal(3m, Assert.Single(_sums.Replace([Row(Old, 2), Row(New, 1)])).Quantity);
        Assert.Equal(1m, _sums.Change(Row(Old, 0)).Quantity);
        Assert.Equal(New, _sums.ContractOf(0, isHeld: true));
    }

    private static PositionRow Row(string contract, long quantity) => new(1001, contract, quantity, 5000m);
}
