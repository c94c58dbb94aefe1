using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tradewind.App.Terminal;

/// <summary>Writes JSON for other programs: indented, numbers exact, letters as they are.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static byte[] ToBytes(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options)) write(writer);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    public static void Write(TextWriter output, Action<Utf8JsonWriter> write) => output.Write(Encoding.UTF8.GetString(ToBytes(write)));

    /// <summary>A figure that does not exist is null.</summary>
    public static void WriteFigure(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) writer.WriteNumber(name, number);
        else writer.WriteNull(name);
    }

    /// <summary>Money without zeros that say nothing: 100 for 100.00.</summary>
    public static void WriteMoney(this Utf8JsonWriter writer, string name, decimal value) => writer.WriteNumber(name, Normalize(value));

    /// <summary>Any value of a setting: text, number, true or false.</summary>
    public static void WriteSetting(this Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNull(name); break;
            case bool flag: writer.WriteBoolean(name, flag); break;
            case int whole: writer.WriteNumber(name, whole); break;
            case double number: writer.WriteNumber(name, number); break;
            case decimal amount: writer.WriteMoney(name, amount); break;
            default: writer.WriteString(name, value.ToString()); break;
        }
    }

    // Dividing by one with all 28 decimals leaves the shortest scale.
    private static decimal Normalize(decimal value) => value / 1.0000000000000000000000000000m;
}
