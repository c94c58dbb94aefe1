using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Risk;

/// <summary>A risk rule of the user's own inside the gate: what it says of itself is asked once and checked, and its fields are saved without its help.</summary>
public sealed class OwnRule : IRiskRule
{
    private readonly IRiskRule _rule;
    private readonly SavedFields? _fields;

    /// <exception cref="ArgumentException">It has no name, or a field that cannot be saved; the message says which.</exception>
    public OwnRule(IRiskRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _rule = rule;
        using CallMeter.Call call = CallMeter.Begin(CallRounds);
        Name = rule.Name;
        if (string.IsNullOrWhiteSpace(Name)) throw new ArgumentException($"{rule.GetType().Name}.Name is empty; people, stores and metrics know the rule by it: return a word like \"share-of-equity\".");
        ChecksReductions = rule.ChecksReductions;
        CountsOrders = rule.CountsOrders;
        _fields = SavesItself(rule.GetType()) ? null : SavedFields.Of(rule.GetType());
    }

    public string Name { get; }

    public bool ChecksReductions { get; }

    public bool CountsOrders { get; }

    /// <summary>Rounds that a call of it may take; the engine sets it.</summary>
    internal long CallRounds { get; set; } = CallMeter.DefaultRounds;

    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        using (CallMeter.Begin(CallRounds))
        {
            RiskDecision result = _rule.Check(in draft, view);
            CallMeter.Check();
            return result;
        }
    }

    public void OnApproved(in OrderDraft draft, IRiskView view)
    {
        using (CallMeter.Begin(CallRounds))
        {
            _rule.OnApproved(in draft, view);
            CallMeter.Check();
        }
    }

    public void OnNotSent(Order order)
    {
        using (CallMeter.Begin(CallRounds))
        {
            _rule.OnNotSent(order);
            CallMeter.Check();
        }
    }

    void ISnapshot.Sync(Snapshot stream)
    {
        using CallMeter.Call call = CallMeter.Begin(CallRounds);
        if (_fields is null) _rule.Sync(stream);
        else _fields.Sync(_rule, stream);
    }

    private static bool SavesItself(Type type) => !type.GetInterfaceMap(typeof(ISnapshot)).TargetMethods[0].DeclaringType!.IsInterface;
}
