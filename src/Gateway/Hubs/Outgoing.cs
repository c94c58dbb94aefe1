using Microsoft.AspNetCore.SignalR;
using Tradewind.Gateway.Control;

namespace Tradewind.Gateway.Hubs;

/// <summary>A hub event, already in the bytes of the wire and shared by all connections, with where to count it.</summary>
internal readonly record struct Outgoing(SerializedHubMessage Message, EventCount Count, int Entries);
