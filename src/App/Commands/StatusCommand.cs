using System.CommandLine;
using System.Globalization;
using Tradewind.App.Commands.Operating;
using Tradewind.App.Grammar;
using Tradewind.App.Terminal;
using Tradewind.Live;
using Tradewind.Server;

namespace Tradewind.App.Commands;

internal static class StatusCommand
{
    public const string Name = "status";
    public const string Purpose = "Shows what a running engine is doing.";

    public static Command Create(Surroundings around)
    {
        var session = new SessionOptions();
        Option<bool> json = Opt.Flag("--json", "As the JSON object that the API gives.");
        var command = new TradewindCommand(Name, Purpose, "tradewind status", "tradewind status --json") { json };
        session.AddTo(command);
        command.SetAction(parsed => OperatorCommand.Run(parsed, session, around, client =>
        {
            if (parsed.GetValue(json)) around.Output.WriteLine(client.ReadText());
            else Write(client.Read(), around.Output);
            return ExitCode.Done;
        }, reads: true));
        return command;
    }

    private static void WriteAccount(StatusReport report, TextWriter output)
    {
        BrokerHealth broker = report.Broker;
        if (broker.Account.Length == 0) return;
        string known = report.View?.Account is { } account ? $"{account.State}{(account.Why is { } why ? $" ({why})" : "")}" : "not known yet";
        string hub = broker.IsConnected ? string.Create(CultureInfo.InvariantCulture, $"user hub connected, {broker.Reconnects} reconnects") : $"user hub {broker.State}";
        string requests = string.Join(", ", broker.Requests.Select(use => string.Create(CultureInfo.InvariantCulture, $"{use.Name} {use.Used}/{use.Limit}{(use.Waiting > 0 ? $" ({use.Waiting} wait)" : "")}")));
        output.WriteLine($"Account {broker.Account}: {known}; {hub}; requests used: {requests}");
    }

    private static void WriteDisk(StatusReport report, TextWriter output)
    {
        if (report is not { Journal: { } journal, Store: { } store }) return;
        string inputs = journal.Fault ?? string.Create(CultureInfo.InvariantCulture, $"journal: {journal.Durable:N0} of {journal.Appended:N0} inputs safe{(journal.IsSpaceLow ? ", the disk is nearly full and trading paused" : "")}");
        string rows = store.Fault ?? string.Create(CultureInfo.InvariantCulture, $"database: {store.Waiting:N0} rows wait{(store.LeftOut > 0 ? $", {store.LeftOut:N0} left out" : "")}");
        output.WriteLine($"Disk   {inputs}; {rows}");
    }

    private static void Write(StatusReport report, TextWriter output)
    {
        output.WriteLine($"{report.Mode}  session {report.Session}  version {report.Version}  {report.Gateway}");
        string feed = report.Feed.IsConnected ? $"connected, {report.Feed.Messages:N0} messages, {report.Feed.Reconnects} reconnects" : report.Feed.State;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Feed   {feed}; {report.InboxDepth} inputs wait"));
        if (report.ReadOnly is { } why) output.WriteLine(why);
        WriteAccount(report, output);
        WriteDisk(report, output);
        if (report.DecisionLatency is { } latency) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Speed  decision p50 {latency.P50:F0} us, p99 {latency.P99:F0} us, p99.9 {latency.P999:F0} us over {latency.Count:N0}"));
        if (report.View is not { } view)
        {
            output.WriteLine("The engine has not processed anything yet.");
            return;
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Money  equity {view.Equity:N2}, profit {view.Equity - view.StartingCash:+#,0.00;-#,0.00;0.00}, drawdown {view.Drawdown:N2} (most {view.MaxDrawdown:N2}); trading {view.State}"));
        output.WriteLine($"Time   {view.Time} (market), {view.Inputs:N0} inputs, output hash {view.OutputHash:x16}");
        output.WriteLine();
        foreach (InstrumentRow row in view.Instruments)
        {
            string age = row.DataAgeSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s old") : "no data yet";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {row.Symbol,-5} {row.Last,12} {(row.IsFeedDown ? "feed down" : age),-12} position {row.Position,4}  open {row.UnrealizedPnl,10:N2}  {row.WorkingOrders} working"));
        }
        output.WriteLine();
        foreach (StrategyRow row in view.Strategies)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {row.Name,-22} {row.Symbol,-5} {row.State,-10} wish {row.Wish,-6} position {row.Position,4}  signals {row.Signals,5}  realized {row.RealizedPnl,10:N2}"));
            if (row.Execution is { } execution) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {execution.Words}: {execution.State}, {execution.Filled:0.########} of {execution.Quantity:0.########} filled, {execution.Working:0.########} working{(execution.Why is { } reason ? $": {reason}" : "")}"));
        }
    }
}
