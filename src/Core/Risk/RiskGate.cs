using System.Reflection;
using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Core.Risk;

/// <summary>The only door to a broker: every order passes all rules here, and only here an <see cref="Order"/> is made.</summary>
internal sealed class RiskGate(OutputBuffer outputs, IRiskView view, IReadOnlyList<IRiskRule> rules) : ISnapshot
{
    private const string StateRule = "trading-state";

    private readonly IRiskRule[] _rules = [.. rules];
    private readonly string[] _names = [.. rules.Select(rule => rule.Name)];
    private readonly bool[] _checkReductions = [.. rules.Select(rule => rule.ChecksReductions)];

    /// <summary>Rules that note what was approved; to ask the others costs every order.</summary>
    private readonly int[] _noting = [.. rules.Index().Where(each => TakesNote(each.Item.GetType())).Select(each => each.Index)];
    private long _lastOrder;

    /// <summary>The highest number that an order has; orders are numbered from 1.</summary>
    public long LastOrder => _lastOrder;

    public TradingState State { get; set; }

    /// <summary>How well the account is known; risk is added only when it is <see cref="AccountState.Synced"/>.</summary>
    public AccountState Account { get; set; }

    /// <summary>Why the order that was asked for last was denied; none where it passed.</summary>
    public RiskCode LastDenial { get; private set; }

    /// <summary>A rule cut the order that was asked for last.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Why nothing may add risk now, in any instrument; none where it may.</summary>
    public RiskCode ClosedBy => (State, Account) switch
    {
        (TradingState.Halted, _) => RiskCode.Halted,
        (TradingState.ReduceOnly, _) => RiskCode.Paused,
        (_, AccountState.Synced) => RiskCode.None,
        (_, AccountState.Restricted) => RiskCode.Restricted,
        _ => RiskCode.NotSynced,
    };

    /// <summary>Denies what nobody needs to ask about: nothing may add risk now.</summary>
    public void DenyByState(int instrument, in OrderTerms terms, long decision, RiskCode code)
    {
        outputs.AddRiskCheck(instrument, decision, -1, RiskDecision.Deny(code, 0, 0), StateRule);
        Deny(instrument, in terms, decision, code);
    }

    /// <summary>The approved order, perhaps smaller than asked for (then <paramref name="draft"/> and <paramref name="shares"/> are cut, these from the end); null when a rule denied it.</summary>
    public Order? Approve(ref OrderDraft draft, long decision, Span<OrderShare> shares)
    {
        decimal asked = draft.ExactTerms.Quantity;
        if (!PassesAll(ref draft, decision, isNew: true)) return null;
        int count = WasCut ? Cut(shares, asked - draft.ExactTerms.Quantity) : shares.Length;
        if (!AllTakeNote(in draft, decision)) return null;
        var order = new Order(new(++_lastOrder), draft.InstrumentIndex, outputs.Time, in draft.ExactTerms, draft.ReferencePrice, decision, shares[..count]);
        Mark(order, in draft);
        return order;
    }

    /// <summary>Notes whether the order only reduces what is held now.</summary>
    public static void Mark(Order order, in OrderDraft draft)
    {
        order.Unmark(OrderMarks.Reduces | OrderMarks.ReducesAccount);
        if (draft.ExactTerms.Purpose != OrderPurpose.Target) return;
        bool reducesAccount = draft.ReducesAccount;
        if (draft.Own == OwnEffect.AsOfAccount ? !reducesAccount : draft.Own != OwnEffect.Reduces) return;
        order.Mark(reducesAccount ? OrderMarks.Reduces | OrderMarks.ReducesAccount : OrderMarks.Reduces);
    }

    /// <summary>Whether an approved order with other terms, or the same ones at a later time, would pass whole. Rules that count what is sent are not asked: it was counted.</summary>
    public bool StillAllows(OrderDraft draft, long decision) => PassesAll(ref draft, decision, isNew: false) && !WasCut;

    /// <summary>An order that an earlier session's gate approved.</summary>
    /// <param name="shares">By the strategies of this engine.</param>
    public Order Adopt(CarriedOrder left, int instrument, OrderShare[] shares)
    {
        CountOrdersFrom(left.Id);
        return new Order(left, instrument, shares);
    }

    /// <summary>Numbers up to here are taken.</summary>
    public void CountOrdersFrom(long last) => _lastOrder = Math.Max(_lastOrder, last);

    public void Sync(Snapshot stream)
    {
        stream.Section("risk");
        stream.Sync(ref _lastOrder);
        TradingState state = State;
        stream.Sync(ref state);
        State = state;
        AccountState account = Account;
        stream.Sync(ref account);
        Account = account;
        foreach (IRiskRule rule in _rules) ((ISnapshot)rule).Sync(stream);
    }

    private bool PassesAll(ref OrderDraft draft, long decision, bool isNew)
    {
        LastDenial = RiskCode.None;
        WasCut = false;
        bool onlyReduces = draft.ExactTerms.Purpose != OrderPurpose.Target || (draft.OnlyReduces && (IsKnown(in draft) || draft.ReducesAccount));
        if (!onlyReduces && Closed(in draft) is var code and not RiskCode.None)
        {
            DenyByState(draft.InstrumentIndex, in draft.ExactTerms, decision, code);
            return false;
        }
        for (int i = 0; i < _rules.Length; i++)
        {
            if ((onlyReduces && !_checkReductions[i]) || (!isNew && _rules[i].CountsOrders)) continue;
            RiskDecision result = Check(_rules[i], in draft);
            outputs.AddRiskCheck(draft.InstrumentIndex, decision, i, in result, _names[i]);
            if (result.Outcome == RiskOutcome.Deny)
            {
                Deny(draft.InstrumentIndex, in draft.ExactTerms, decision, result.Code);
                return false;
            }
            if (result.Outcome == RiskOutcome.Reduce) Cut(ref draft, in result);
        }
        return true;
    }

    // On its own: the room for the copies would be cleared on the stack of each order.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Cut(ref OrderDraft draft, in RiskDecision result)
    {
        WasCut |= result.ReducedTo != draft.Terms.Quantity;
        draft = draft with { Terms = draft.Terms with { Quantity = result.ReducedTo } };
    }

    private void Deny(int instrument, in OrderTerms terms, long decision, RiskCode code)
    {
        LastDenial = code;
        outputs.Add(instrument, new OrderDenied(decision, code, terms));
    }

    /// <summary>What the account holds is known for certain. Where it is not, an order must reduce that as well.</summary>
    private bool IsKnown(in OrderDraft draft) => Account == AccountState.Synced && !draft.HasDoubt;

    private RiskCode Closed(in OrderDraft draft) => ClosedBy is var code and not RiskCode.None ? code : draft.HasDoubt ? RiskCode.OrderInDoubt : RiskCode.None;

    private RiskDecision Check(IRiskRule rule, in OrderDraft draft)
    {
        try
        {
            RiskDecision result = rule.Check(in draft, view);
            if (result.Outcome == RiskOutcome.Approve || IsSound(in result, in draft)) return result;
            outputs.AddAlert(draft.InstrumentIndex, $"Risk rule {rule.Name} answered {result.Outcome} to {result.ReducedTo} for an order of {draft.Terms.Quantity}, which cannot be, and denies.");
            return RiskDecision.Deny(RiskCode.RuleFailed, 0, 0);
        }
#pragma warning disable CA1031 // Fails closed: whatever a rule throws, the order is denied.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            outputs.AddAlert(draft.InstrumentIndex, $"Risk rule {rule.Name} failed and denies: {failure.Message}");
            return RiskDecision.Deny(RiskCode.RuleFailed, 0, 0);
        }
    }

    /// <summary>A rule can only make an order smaller, and only by whole lots.</summary>
    private static bool IsSound(in RiskDecision result, in OrderDraft draft) => result.Outcome == RiskOutcome.Deny
        || (result.Outcome == RiskOutcome.Reduce && result.ReducedTo > 0m && result.ReducedTo <= draft.Terms.Quantity && draft.Instrument.RoundDownToLot(result.ReducedTo) == result.ReducedTo);

    private static bool TakesNote(Type rule)
    {
        InterfaceMapping map = rule.GetInterfaceMap(typeof(IRiskRule));
        int place = Array.FindIndex(map.InterfaceMethods, method => method.Name == nameof(IRiskRule.OnApproved));
        return !map.TargetMethods[place].DeclaringType!.IsInterface;
    }

    /// <summary>A rule that cannot count an order denies it: it would not know what it lets pass next.</summary>
    private bool AllTakeNote(in OrderDraft draft, long decision)
    {
        foreach (int i in _noting)
        {
            try
            {
                _rules[i].OnApproved(in draft, view);
            }
#pragma warning disable CA1031 // Fails closed: whatever a rule throws, the order is denied.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                outputs.AddAlert(draft.InstrumentIndex, $"Risk rule {_names[i]} failed and denies: {failure.Message}");
                outputs.AddRiskCheck(draft.InstrumentIndex, decision, i, RiskDecision.Deny(RiskCode.RuleFailed, 0, 0), _names[i]);
                Deny(draft.InstrumentIndex, in draft.ExactTerms, decision, RiskCode.RuleFailed);
                return false;
            }
        }
        return true;
    }

    /// <summary>Nothing of an approved order left: rules that counted it take it back.</summary>
    public void OnNotSent(Order order)
    {
        foreach (IRiskRule rule in _rules)
        {
            try
            {
                rule.OnNotSent(order);
            }
#pragma warning disable CA1031 // It goes on counting an order that never left, which denies more, not less.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                outputs.AddAlert(order.Instrument, $"Risk rule {rule.Name} failed to take back order {order.Id}, which never left: {failure.Message}");
            }
        }
    }

    /// <summary>Takes units off the last shares; returns how many shares are left.</summary>
    private static int Cut(Span<OrderShare> shares, decimal cut)
    {
        int count = shares.Length;
        while (cut.IsAboveZero)
        {
            ref OrderShare last = ref shares[count - 1];
            decimal size = Math.Abs(last.Quantity);
            if (size > cut)
            {
                last = last with { Quantity = last.Quantity.IsAboveZero ? size - cut : cut - size };
                break;
            }
            cut -= size;
            count--;
        }
        return count;
    }
}
