using System.Text.Json;

namespace Tradewind.App.Running;

/// <summary>Where a running session listens, and the token that its commands need: a file in its data folder that only its user can read, there while the session runs.</summary>
internal sealed class ControlFile : IDisposable
{
    public const string Name = "control.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    private readonly string _path;
    private readonly SessionAddress _address;

    private ControlFile(string path, SessionAddress address) => (_path, _address) = (path, address);

    public static ControlFile Write(string folder, SessionAddress address)
    {
        string path = Path.Combine(folder, Name), fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options)) JsonSerializer.Serialize(file, address, Format);
        File.Move(fresh, path, overwrite: true);
        return new(path, address);
    }

    /// <summary>The session that runs in a folder; null where none left its address.</summary>
    /// <exception cref="SessionException">The file cannot be read.</exception>
    public static SessionAddress? Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<SessionAddress>(File.ReadAllText(path), Format) : null;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new SessionException($"{path} cannot be read ({fault.Message.TrimEnd('.')}): only the user who started the session can command it.");
        }
        catch (JsonException)
        {
            throw new SessionException($"{path} is not what a session writes there; stop the session and start it again.");
        }
    }

    /// <summary>The session is over; one that took its place keeps its own.</summary>
    public void Dispose()
    {
        try
        {
            if (Read(Path.GetDirectoryName(_path)!) == _address) File.Delete(_path);
        }
        catch (Exception fault) when (fault is SessionException or IOException or UnauthorizedAccessException)
        {
            // What is left behind names a session that answers no more, and says so when it is used.
        }
    }
}

/// <param name="Address">Of the API.</param>
internal sealed record SessionAddress(Uri Address, string Token, string Session, int Process);

/// <summary>A running session cannot be reached or commanded; the message is one sentence with the cure.</summary>
internal sealed class SessionException(string message) : Exception(message);
