using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Engine;

/// <summary>Takes in what a broker says of the account as a whole, and of what in it is not ours.</summary>
internal sealed class AccountDesk(
    OutputBuffer outputs, RiskGate gate, OrderDesk desk, FillBook book, ProtectionGuard guard, AccountCloser closer, MarketState[] markets, List<StrategySlot> slots)
{
    private static readonly TimeSpan HaltPause = TimeSpan.FromMinutes(1);

    public void On(int instrument, in AccountEvent told, string? text)
    {
        switch (told.Kind)
        {
            case AccountEventKind.Unsynced: Enter(AccountState.Unsynced, text); break;
            case AccountEventKind.Syncing: Enter(AccountState.Syncing, text); break;
            case AccountEventKind.Synced: Enter(AccountState.Synced, text); break;
            case AccountEventKind.Restricted: Enter(AccountState.Restricted, text); break;
            case AccountEventKind.ExternalFill: Book(instrument, in told, $"a trade that is not ours{Words(text)}"); break;
            case AccountEventKind.PositionAdjusted: Book(instrument, in told, $"a difference that nothing explains{Words(text)}"); break;
            case AccountEventKind.Balance: break;
            case AccountEventKind.NotTrading: Halt(markets[instrument], text); break;
            case AccountEventKind.Notice: outputs.AddAlert(instrument, text ?? "The broker gave notice without words."); break;
            default: throw new InvalidOperationException($"An account event of kind {told.Kind} has no meaning.");
        }
    }

    /// <summary>No venue says when an instrument trades again: after a pause one order may find out.</summary>
    private void Halt(MarketState market, string? text)
    {
        if (!market.IsHalted(outputs.Time)) outputs.AddAlert(market.Index, $"{market.Instrument.Symbol} does not trade at the venue{Words(text)}: no new risk in it for {HaltPause.TotalSeconds:0} s.");
        market.HaltedUntil = outputs.Time + HaltPause;
    }

    private static string Words(string? text) => text is null ? "" : $" ({text})";

    private void Enter(AccountState state, string? why)
    {
        if (gate.Account == state) return;
        outputs.Add(new AccountStateChanged(state, gate.Account), why);
        gate.Account = state;
        if (state is AccountState.Synced or AccountState.Restricted)
        {
            foreach (MarketState market in markets) guard.OnKnown(market);
        }
        if (state != AccountState.Synced) return;
        foreach (StrategySlot slot in slots) slot.GoOn();
    }

    /// <summary>The account holds it, and no strategy does. No strategy's orders or protection follow it; an operator's flatten closes it.</summary>
    private void Book(int instrument, in AccountEvent told, string what)
    {
        MarketState market = markets[instrument];
        bool isBuy = told.Quantity.IsAboveZero;
        if (told.Quantity.IsZero || desk.HasBooked(told.ExecutionId) || desk.Memory.HasExternalOf(told.ExecutionId, isBuy)) return;
        bool isReversal = desk.Memory.HasExternalOf(told.ExecutionId, !isBuy);
        desk.Memory.AddExternal(told.ExecutionId, isBuy);
        book.BookExternal(market, default, told.ExecutionId, told.Quantity, told.Price, told.Amount, isReversal);
        outputs.AddAlert(instrument, $"{market.Instrument.Symbol}: {told.Quantity} at {told.Price}: {what}.");
        closer.OnExternalFill(market);
    }
}
