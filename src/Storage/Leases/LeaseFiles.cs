using System.Globalization;
using System.Text.Json;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Leases;

/// <summary>The files under a lease.</summary>
internal sealed class LeaseFiles(string folder, string name)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public string Folder => folder;

    public string Name => name;

    /// <summary>The file that says who has it.</summary>
    public string Path => PathOf("json");

    public bool Exist => File.Exists(Path);

    public static byte[] Text(LeaseHolder holder) => JsonSerializer.SerializeToUtf8Bytes(holder, Format);

    public void CreateFolder()
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, fault);
        }
    }

    /// <summary>Null where nobody ever had it.</summary>
    public LeaseHolder? Read()
    {
        if (!Exist) return null;
        try
        {
            return JsonSerializer.Deserialize<LeaseHolder>(File.ReadAllBytes(Path), Format) ?? throw Damaged(null);
        }
        catch (JsonException fault)
        {
            throw Damaged(fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, fault);
        }
    }

    /// <summary>Durable under its name, or as it was before.</summary>
    public void Write(LeaseHolder holder)
    {
        using var file = new AtomicFile(Path);
        byte[] text = Text(holder);
        file.Write(handle => Durable.Write(handle, text, 0));
        file.Commit();
    }

    public bool Says(ReadOnlySpan<byte> text)
    {
        try
        {
            return text.SequenceEqual(File.ReadAllBytes(Path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What cannot be read cannot be relied on.
            return false;
        }
    }

    /// <summary>The gate, held until it is disposed; null while others are in the way.</summary>
    public FileStream? TryPass(bool isAlone)
    {
        string gate = PathOf("gate");
        try
        {
            return isAlone
                ? new(gate, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0)
                : new(gate, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Unusable(gate, fault);
        }
        catch (IOException) when (File.Exists(gate))
        {
            return null;
        }
        catch (IOException fault)
        {
            throw Unusable(gate, fault);
        }
    }

    /// <summary>Whether a process that has that epoch lives.</summary>
    public bool IsAlive(long epoch)
    {
        string path = AliveOf(epoch);
        if (!File.Exists(path)) return false;
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Unusable(path, fault);
        }
    }

    /// <summary>Held for as long as the process lives.</summary>
    public FileStream Live(long epoch)
    {
        try
        {
            return new(AliveOf(epoch), FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable(AliveOf(epoch), fault);
        }
    }

    /// <summary>Removes what said that an epoch lives; on systems where an open file cannot be removed its process does so itself.</summary>
    public void Forget(long epoch)
    {
        try
        {
            File.Delete(AliveOf(epoch));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // An empty file that nobody holds says nothing.
        }
    }

    private string AliveOf(long epoch) => PathOf(string.Create(CultureInfo.InvariantCulture, $"{epoch}.alive"));

    private string PathOf(string extension) => System.IO.Path.Combine(folder, $"{name}.{extension}");

    private static InputException Unusable(string path, Exception fault) =>
        new($"{path}: cannot be used ({fault.Message.TrimEnd('.')}); give this user the right to read and write there.", fault);

    private InputException Damaged(Exception? fault) =>
        new($"{Path}: found text that is no lease; when no Tradewind runs on this machine, delete the file and start again.", fault);
}
