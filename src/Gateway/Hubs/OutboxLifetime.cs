using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Tradewind.Gateway.Users;

namespace Tradewind.Gateway.Hubs;

/// <summary>Gives each connection of a hub its outbox.</summary>
internal sealed class OutboxLifetime<THub>(OutboxRegistry registry, Market.Exchange exchange, UserFeed users, GatewayOptions options, ILogger<DefaultHubLifetimeManager<THub>> log)
    : DefaultHubLifetimeManager<THub>(log) where THub : Hub
{
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        var outbox = new Outbox(connection, registry, typeof(THub) == typeof(UserHub) ? OutboxRegistry.UserHubName : OutboxRegistry.MarketHubName, options.OutboxCapacity);
        connection.Items[typeof(Outbox)] = outbox;
        registry.Add(outbox);
        _ = outbox.RunAsync();
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (connection.Items.TryGetValue(typeof(Outbox), out object? item) && item is Outbox outbox)
        {
            exchange.Forget(outbox);
            users.Forget(outbox);
            registry.Remove(outbox);
        }
        return base.OnDisconnectedAsync(connection);
    }
}
