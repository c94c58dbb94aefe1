using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Live;

/// <summary>Acts on what the watch finds: a slow strategy is suspended, and one that held the engine up has its new risk refused and trading paused.</summary>
/// <remarks>Everything that changes the engine is an input, so that the journal has it and a replay does the same without a clock.</remarks>
internal sealed class SlowStrategies(Engine engine, StrategyWatch watch, Action<string> warn)
{
    private readonly List<Input> _answers = [];
    private string? _stuck;

    /// <summary>What holds the engine up now, in words; null while nothing does. From any thread.</summary>
    public string? Stuck => Volatile.Read(ref _stuck);

    /// <summary>From the timer's thread: the engine's own may be the one that hangs.</summary>
    public void Look()
    {
        if (Stuck is not null || watch.FindStuck() is not { } stuck) return;
        string text = $"{NameOf(stuck.Strategy, stuck.IsShadow)} on {engine.Options.Instruments[engine.Strategy(stuck.Strategy).Instrument].Symbol} has not returned for {stuck.For.TotalSeconds:F1} s and holds the engine up: nothing is decided meanwhile; protective orders stay at the broker.";
        Volatile.Write(ref _stuck, text);
        warn(text);
    }

    /// <summary>Whether an order must not leave, because it was decided before the engine stood still and adds risk.</summary>
    public bool Refuses(Order order)
    {
        if (Stuck is null || order.Purpose != OrderPurpose.Target) return false;
        decimal held = engine.Account.PositionOf(order.Instrument).Quantity;
        bool reduces = order.Side == Side.Buy ? held < 0 && order.Quantity <= -held : held > 0 && order.Quantity <= held;
        if (reduces) return false;
        _answers.Add(new Input(default, new BrokerEvent(BrokerEventKind.NotSent, order.Id), "the engine stood still while it was decided, and it would add risk"));
        return true;
    }

    /// <summary>What the engine is to be told after an input; valid until the next call.</summary>
    public IReadOnlyList<Input> Answers()
    {
        while (watch.TryTakeSlow(out int strategy, out bool isShadow, out TimeSpan took))
        {
            string follows = isShadow ? "The version that trades goes on." : "Its entry orders are canceled, its protective orders stay.";
            warn($"{NameOf(strategy, isShadow)} took {took.TotalMilliseconds:F0} ms for one call, more than its budget of {watch.Options.Budget.TotalMilliseconds:F0} ms: it is suspended. {follows}");
            _answers.Add(new Input(default, new Command(isShadow ? CommandKind.SuspendSlowVersion : CommandKind.SuspendSlowStrategy, strategy)));
        }
        if (Stuck is not null && watch.FindStuck() is null)
        {
            Volatile.Write(ref _stuck, null);
            _answers.Add(new Input(default, new Command(CommandKind.Pause)));
            warn("The engine goes on. Trading is paused: only orders that reduce a position pass until an operator resumes it.");
        }
        if (_answers.Count == 0) return [];
        Input[] answers = [.. _answers];
        _answers.Clear();
        return answers;
    }

    private string NameOf(int strategy, bool isShadow) => isShadow ? $"The version beside {engine.Strategy(strategy).Name}" : engine.Strategy(strategy).Name;
}
