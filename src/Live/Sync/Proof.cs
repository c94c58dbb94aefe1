using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>Counts observations of the same thing that are far enough apart to be independent of each other.</summary>
internal readonly struct Proof
{
    public int Count { get; private init; }

    /// <summary>When the first question whose answer counted was asked.</summary>
    public Timestamp First { get; private init; }

    public Timestamp Last { get; private init; }

    public TimeSpan Span => Count == 0 ? TimeSpan.Zero : Last - First;

    /// <summary>The same with one more observation, unless it is too close to the last.</summary>
    public Proof With(Timestamp asked, TimeSpan spacing)
    {
        if (Count > 0 && asked - Last < spacing) return this;
        return new() { Count = Count + 1, First = Count == 0 ? asked : First, Last = asked };
    }
}
