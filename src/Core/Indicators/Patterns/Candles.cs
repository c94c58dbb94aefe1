using Tradewind.Core.Engine;

namespace Tradewind.Core.Indicators;

/// <summary>The last candles, and what long, short and near mean among them: TA-Lib's default candle settings.</summary>
/// <remarks>Every threshold is measured on the candles before the one that it judges.</remarks>
public sealed class Candles : IWindow
{
    private const int Length = 16;
    private const int Usual = 10;
    private const int Brief = 5;

    private readonly Candle[] _past = new Candle[Length];
    private int _next;
    private Candle _newest;

    /// <summary>A candle by its age: 0 is the one being judged.</summary>
    public Candle this[int age] => age == 0 ? _newest : _past[(_next - age + 2 * Length) % Length];

    /// <summary>The newest candle for the questions that follow; part of a judgement, not of the state.</summary>
    public void Judge(in Candle newest) => _newest = newest;

    public void Push(in Candle candle)
    {
        _past[_next] = candle;
        _next = (_next + 1) % Length;
    }

    /// <summary>Body longer than the mean of 10.</summary>
    public bool HasLongBody(int age) => this[age].Body > MeanBody(age);

    /// <summary>Body shorter than the mean of 10.</summary>
    public bool HasShortBody(int age) => this[age].Body < MeanBody(age);

    /// <summary>Body at most a tenth of the mean range of 10.</summary>
    public bool IsDoji(int age) => this[age].Body <= VeryShort(age);

    /// <summary>Upper shadow below a tenth of the mean range of 10.</summary>
    public bool HasNoUpperShadow(int age) => this[age].UpperShadow < VeryShort(age);

    /// <summary>Lower shadow below a tenth of the mean range of 10.</summary>
    public bool HasNoLowerShadow(int age) => this[age].LowerShadow < VeryShort(age);

    /// <summary>Body longer than the mean of 10, and no shadows.</summary>
    public bool IsMarubozu(int age) => HasLongBody(age) && HasNoUpperShadow(age) && HasNoLowerShadow(age);

    /// <summary>A tenth of the mean range of 10.</summary>
    public double VeryShort(int age) => 0.1 * MeanRange(age, Usual);

    /// <summary>A fifth of the mean range of 5.</summary>
    public double Near(int age) => 0.2 * MeanRange(age, Brief);

    /// <summary>Six tenths of the mean range of 5.</summary>
    public double Far(int age) => 0.6 * MeanRange(age, Brief);

    /// <summary>A twentieth of the mean range of 5: what counts as equal.</summary>
    public double Equal(int age) => 0.05 * MeanRange(age, Brief);

    public double MeanBody(int age)
    {
        double sum = 0;
        for (int past = age + Usual; past > age; past--) sum += this[past].Body;
        return sum / Usual;
    }

    public void Reset()
    {
        Array.Clear(_past);
        _next = 0;
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(_past.AsSpan());
        stream.Sync(ref _next);
    }

    private double MeanRange(int age, int count)
    {
        double sum = 0;
        for (int past = age + count; past > age; past--) sum += this[past].Range;
        return sum / count;
    }
}
