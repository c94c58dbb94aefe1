using System.CommandLine;
using Tradewind.App.Grammar;
using Tradewind.App.Running;
using Tradewind.App.Terminal;

namespace Tradewind.App.Commands.Operating;

/// <summary>The options by which commands find a running session.</summary>
internal sealed class SessionOptions
{
    private static readonly Uri Usual = new("http://127.0.0.1:5000");

    private readonly Option<string> _url = Opt.Text("--url", "URL", "Where the session's API is; left out, the data folder says it.");
    private readonly Option<string> _data = Opt.Text("--data-dir", "FOLDER", "The session's data folder, ./data where left out.");

    public void AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_data);
    }

    /// <summary>A session to look at. Without a word of its address the usual one is tried.</summary>
    public SessionClient ForReading(ParseResult parsed, Surroundings around)
    {
        (Uri? url, string folder) = Read(parsed);
        return url is not null ? new(url, null, folder) : new(ControlFile.Read(around.PathOf(folder))?.Address ?? Usual, null, folder);
    }

    /// <summary>A session to command.</summary>
    /// <exception cref="SessionException">None runs in the folder.</exception>
    public SessionClient ForCommands(ParseResult parsed, Surroundings around)
    {
        (Uri? url, string folder) = Read(parsed);
        SessionAddress found = ControlFile.Read(around.PathOf(folder))
            ?? throw new SessionException($"No session runs in {folder}: there is no {ControlFile.Name} in it; start one with \"tradewind run\", or name its folder with --data-dir.");
        return new(url ?? found.Address, found.Token, folder);
    }

    private (Uri? Url, string Folder) Read(ParseResult parsed)
    {
        var given = new Given(parsed);
        Uri? url = given.Address(_url);
        given.ThrowIfFaulty();
        return (url, given.Text(_data) ?? "data");
    }
}
