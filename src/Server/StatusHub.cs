using Microsoft.AspNetCore.SignalR;

namespace Tradewind.Server;

/// <summary>Sends each client the same report four times a second as <c>Status</c>. Clients have nothing to call.</summary>
public sealed class StatusHub : Hub
{
    internal const string Event = "Status";
}
