using System.Text;
using System.Text.Json;
using Tradewind.Core.Model;
using Tradewind.Storage;

namespace Tradewind.App.Configuration;

/// <summary>Reads a JSON file (comments and trailing commas are fine) into nodes that know their lines.</summary>
internal ref struct JsonConfiguration
{
    private readonly string _file;
    private readonly ReadOnlySpan<byte> _bytes;
    private Utf8JsonReader _reader;

    private JsonConfiguration(string file, ReadOnlySpan<byte> bytes)
    {
        _file = file;
        _bytes = bytes;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    }

    /// <exception cref="InputException">The file cannot be read, is no JSON, or says something twice.</exception>
    public static ConfigurationNode Read(string file)
    {
        byte[] bytes = InputFile.ReadAll(file);
        try
        {
            var json = new JsonConfiguration(file, bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes);
            json._reader.Read();
            ConfigurationNode root = json.ReadValue("");
            if (root.Kind != NodeKind.Object) throw new InputException($"{root.Where}: found {root.Found}, expected an object of settings; begin the file with {{.");
            json._reader.Read();
            return root;
        }
        catch (JsonException fault)
        {
            throw new InputException($"{file}, line {fault.LineNumber + 1}: this is no JSON ({FirstSentence(fault.Message)}); correct the line.", fault);
        }
    }

    private ConfigurationNode ReadValue(string path)
    {
        string where = Here();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject: return ReadObject(new(path, where, NodeKind.Object));
            case JsonTokenType.StartArray: return ReadList(new(path, where, NodeKind.List));
            case JsonTokenType.String: return new(path, where, NodeKind.Text, _reader.GetString()!);
            case JsonTokenType.Number: return new(path, where, NodeKind.Number, Encoding.UTF8.GetString(_reader.ValueSpan));
            case JsonTokenType.Null: return new(path, where, NodeKind.Null, "null");
            default: return new(path, where, NodeKind.Flag, _reader.TokenType == JsonTokenType.True ? "true" : "false");
        }
    }

    private ConfigurationNode ReadObject(ConfigurationNode node)
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            string name = _reader.GetString()!;
            string where = Here();
            _reader.Read();
            ConfigurationNode value = ReadValue(node.PathOf(name));
            if (!node.Members.TryAdd(name, value)) throw new InputException($"{where}: {value.Path} is set a second time; keep one of the two.");
        }
        return node;
    }

    private ConfigurationNode ReadList(ConfigurationNode node)
    {
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray) node.Items.Add(ReadValue($"{node.Path}.{node.Items.Count}"));
        return node;
    }

    private readonly string Here() => $"{_file}, line {1 + _bytes[..(int)_reader.TokenStartIndex].Count((byte)'\n')}";

    // What follows is the position, which the sentence already says.
    private static string FirstSentence(string message) => message.Split(" LineNumber:")[0].Split(". ")[0].TrimEnd('.');
}
