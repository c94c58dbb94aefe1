using System.CommandLine;
using Tradewind.App.Grammar;
using Tradewind.App.Running;
using Tradewind.App.Terminal;
using Tradewind.Live;

namespace Tradewind.App.Commands.Operating;

/// <summary>The commands that make a running session do something: each sends one request and says in one sentence what became of it.</summary>
internal static class OperatorCommand
{
    public const string Pause = "pause";
    public const string PausePurpose = "Pauses a running session: only orders that reduce a position pass.";
    public const string Resume = "resume";
    public const string ResumePurpose = "Lifts a pause of a running session.";
    public const string Flatten = "flatten";
    public const string FlattenPurpose = "Closes all positions of a running session, cancels its entry orders and pauses it.";
    public const string Kill = "kill";
    public const string KillPurpose = "Flattens a running session and trades nothing more in it; only a new session does.";

    private static readonly TimeSpan FlatLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    public static Command CreatePause(Surroundings around) => Create(Pause, PausePurpose, around, Answer);

    public static Command CreateResume(Surroundings around) => Create(Resume, ResumePurpose, around, Answer);

    public static Command CreateFlatten(Surroundings around) => Create(Flatten, FlattenPurpose, around, AnswerFlat);

    public static Command CreateKill(Surroundings around) => Create(Kill, KillPurpose, around, AnswerFlat);

    /// <summary>A command about one strategy of a running session.</summary>
    public static Command CreateForStrategy(string verb, string purpose, Surroundings around)
    {
        var session = new SessionOptions();
        Argument<string> name = Opt.Argument("NAME", "The strategy's name in the session, as status shows it.");
        Option<string> symbol = Opt.Text("--symbol", "SYMBOL", "Only where it trades this; left out, wherever it trades.");
        var command = new TradewindCommand(verb, purpose, $"tradewind strategies {verb} moving-average-cross", $"tradewind strategies {verb} rising --symbol ES") { name, symbol };
        session.AddTo(command);
        command.SetAction(parsed =>
        {
            var given = new Given(parsed);
            string strategy = given.Required(name);
            given.ThrowIfFaulty();
            string of = given.Text(symbol) is { } one ? $"?symbol={Uri.EscapeDataString(one)}" : "";
            return Run(parsed, session, around, client => Answer(client.Command($"api/v1/strategies/{Uri.EscapeDataString(strategy)}/{verb}{of}"), client, around));
        });
        return command;
    }

    /// <summary>Runs a step against a session; what keeps it from being reached is one sentence.</summary>
    public static int Run(ParseResult parsed, SessionOptions session, Surroundings around, Func<SessionClient, int> step, bool reads = false)
    {
        try
        {
            using SessionClient client = reads ? session.ForReading(parsed, around) : session.ForCommands(parsed, around);
            return step(client);
        }
        catch (SessionException fault)
        {
            around.SayError(fault.Message);
            return ExitCode.Failed;
        }
    }

    private static TradewindCommand Create(string name, string purpose, Surroundings around, Func<OperatorAnswer, SessionClient, Surroundings, int> answer)
    {
        var session = new SessionOptions();
        var command = new TradewindCommand(name, purpose, $"tradewind {name}", $"tradewind {name} --data-dir data2");
        session.AddTo(command);
        command.SetAction(parsed => Run(parsed, session, around, client => answer(client.Command($"api/v1/{name}"), client, around)));
        return command;
    }

    private static int Answer(OperatorAnswer answer, SessionClient client, Surroundings around)
    {
        if (answer.Outcome is OperatorOutcome.Done or OperatorOutcome.NothingToDo)
        {
            around.Output.WriteLine(answer.Message);
            return ExitCode.Done;
        }
        around.SayError(answer.Message);
        return answer.Outcome == OperatorOutcome.Unknown ? ExitCode.WrongInput : ExitCode.Failed;
    }

    /// <summary>Says that it is flat only once the session says so, and nothing works that could open something.</summary>
    private static int AnswerFlat(OperatorAnswer answer, SessionClient client, Surroundings around)
    {
        int code = Answer(answer, client, around);
        if (code != ExitCode.Done) return code;
        long start = around.Time.GetTimestamp();
        while (around.Time.GetElapsedTime(start) < FlatLimit)
        {
            RunView? view = client.Read().View;
            if (view is not null && view.Inputs >= answer.Inputs && view.Instruments.All(each => each is { Position: 0m, WorkingOrders: 0 }))
            {
                around.Output.WriteLine("All positions are flat.");
                return ExitCode.Done;
            }
            Task.Delay(Pace, around.Time).GetAwaiter().GetResult();
        }
        around.SayError($"Not all positions were flat, with no order on its way, after {FlatLimit.TotalSeconds:F0} s; tradewind positions shows what is held, tradewind orders what is on its way.");
        return ExitCode.Failed;
    }
}
