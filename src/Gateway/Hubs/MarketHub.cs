using Microsoft.AspNetCore.SignalR;
using Tradewind.Gateway.Market;

namespace Tradewind.Gateway.Hubs;

/// <summary>The market hub's methods. A contract that does not exist is accepted and stays silent, as in a group that nobody writes to.</summary>
internal sealed class MarketHub(Exchange exchange) : Hub
{
    public void SubscribeContractQuotes(string contractId) => exchange.Subscribe(contractId, EventKind.Quote, Outbox);

    public void UnsubscribeContractQuotes(string contractId) => exchange.Unsubscribe(contractId, EventKind.Quote, Outbox);

    public void SubscribeContractTrades(string contractId) => exchange.Subscribe(contractId, EventKind.Trade, Outbox);

    public void UnsubscribeContractTrades(string contractId) => exchange.Unsubscribe(contractId, EventKind.Trade, Outbox);

    public void SubscribeContractMarketDepth(string contractId) => exchange.Subscribe(contractId, EventKind.Depth, Outbox);

    public void UnsubscribeContractMarketDepth(string contractId) => exchange.Unsubscribe(contractId, EventKind.Depth, Outbox);

    private Outbox Outbox => (Outbox)Context.Items[typeof(Outbox)]!;
}
