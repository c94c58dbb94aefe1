using System.Threading.Channels;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;

namespace Tradewind.Live;

/// <summary>Hands a person's requests to a running engine as commands, in order with everything else, and answers with what became of them.</summary>
public sealed class OperatorDesk(Engine engine, TimeProvider time) : IOutputSink
{
    /// <summary>How long the engine may take to get to a command.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly List<Pending> _waiting = [];
    private ChannelWriter<FeedInput>? _inbox;

    /// <summary>Once, when the engine runs: where commands go.</summary>
    public void Open(ChannelWriter<FeedInput> inbox) => _inbox = inbox;

    /// <summary>From any thread.</summary>
    public async Task<OperatorAnswer> AskAsync(OperatorRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Find(request, out IReadOnlyList<Command> commands) is { } unknown) return new(OperatorOutcome.Unknown, unknown);
        List<Pending> all = [.. commands.Select(command => new Pending(command))];
        try
        {
            foreach (Pending each in all) await SendAsync(each, cancel).ConfigureAwait(false);
            Echo[] echoes = await Task.WhenAll(all.Select(each => each.Answer.Task)).WaitAsync(Limit, time, cancel).ConfigureAwait(false);
            return OperatorWords.Answer(request, echoes);
        }
        catch (TimeoutException)
        {
            return new(OperatorOutcome.NoAnswer, "The engine did not get to it within 5 s; it does as soon as it goes on, and tradewind status says what holds it up.");
        }
        catch (ChannelClosedException)
        {
            return new(OperatorOutcome.NoAnswer, "The session is ending and takes no more commands.");
        }
        finally
        {
            lock (_gate) _waiting.RemoveAll(all.Contains);
        }
    }

    public void On(long sequence, in Input input, ReadOnlySpan<Output> outputs)
    {
        if (input.Kind != InputKind.Command) return;
        Command command = input.Command;
        lock (_gate)
        {
            // One of the same words that came from elsewhere has the same effect and answers as well.
            int index = _waiting.FindIndex(each => each.Command == command);
            if (index < 0) return;
            _waiting[index].Answer.SetResult(EchoOf(in command, outputs));
            _waiting.RemoveAt(index);
        }
    }

    private async ValueTask SendAsync(Pending pending, CancellationToken cancel)
    {
        ChannelWriter<FeedInput> inbox = _inbox ?? throw new ChannelClosedException();
        lock (_gate) _waiting.Add(pending);
        await inbox.WriteAsync(new(new Input(default, pending.Command), 0), cancel).ConfigureAwait(false);
    }

    /// <summary>The commands that a request means; a sentence where it names what is not there.</summary>
    private string? Find(OperatorRequest request, out IReadOnlyList<Command> commands)
    {
        commands = request.Action switch
        {
            OperatorAction.Pause => [new(CommandKind.Pause)],
            OperatorAction.Resume => [new(CommandKind.Resume)],
            OperatorAction.Flatten => [new(CommandKind.Flatten)],
            OperatorAction.Kill => [new(CommandKind.Flatten), new(CommandKind.Stop)],
            _ => [],
        };
        if (!request.IsAboutStrategy) return null;
        // Names and instruments of strategies never change while the engine runs.
        StrategyView[] all = [.. Enumerable.Range(0, engine.StrategyCount).Select(engine.Strategy)];
        StrategyView[] named = [.. all.Where(each => each.Name.Equals(request.Strategy, StringComparison.OrdinalIgnoreCase))];
        if (named.Length == 0) return $"There is no strategy \"{request.Strategy}\" in this session{NearestNames.Suggestion(request.Strategy ?? "", all.Select(each => each.Name).Distinct())}; it has {string.Join(", ", all.Select(each => each.Name).Distinct())}.";
        StrategyView[] meant = [.. named.Where(each => request.Symbol is null || SymbolOf(each.Index).Equals(request.Symbol, StringComparison.OrdinalIgnoreCase))];
        if (meant.Length == 0) return $"{named[0].Name} does not trade {request.Symbol} in this session; it trades {string.Join(", ", named.Select(each => SymbolOf(each.Index)))}.";
        CommandKind kind = request.Action switch
        {
            OperatorAction.ResumeStrategy => CommandKind.ResumeStrategy,
            OperatorAction.TakeOver => CommandKind.Promote,
            OperatorAction.RollBack => CommandKind.RollBack,
            _ => CommandKind.DropVersion,
        };
        commands = [.. meant.Select(each => new Command(kind, each.Index))];
        return null;
    }

    /// <summary>On the engine's thread.</summary>
    private Echo EchoOf(in Command command, ReadOnlySpan<Output> outputs)
    {
        bool isAboutStrategy = command.Kind is CommandKind.ResumeStrategy or CommandKind.Promote or CommandKind.RollBack or CommandKind.DropVersion;
        string? said = null;
        foreach (ref readonly Output output in outputs)
        {
            if (output.Kind == OutputKind.Alert) said = output.Text;
        }
        string[] held = [.. Enumerable.Range(0, engine.Options.Instruments.Count).Where(index => !engine.Account.PositionOf(index).IsFlat)
            .Select(index => FormattableString.Invariant($"{engine.Options.Instruments[index].Symbol} {engine.Account.PositionOf(index).Quantity}"))];
        return new(engine.WasCommandDone, engine.State, engine.InputCount, isAboutStrategy ? SymbolOf(command.Argument) : "", isAboutStrategy ? engine.Strategy(command.Argument).Name : "", said, held);
    }

    private string SymbolOf(int strategy) => engine.Options.Instruments[engine.Strategy(strategy).Instrument].Symbol;

    private sealed record Pending(Command Command)
    {
        public TaskCompletionSource<Echo> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What the engine made of a command.</summary>
/// <param name="Symbol">Of the strategy that it was about.</param>
/// <param name="Said">The last alert that it raised; null for none.</param>
/// <param name="Held">Open positions: <c>ES 1</c>.</param>
internal sealed record Echo(bool WasDone, TradingState State, long Inputs, string Symbol, string Strategy, string? Said, IReadOnlyList<string> Held);
