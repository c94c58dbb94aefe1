using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>One side of a <see cref="DepthLadder"/>: a size for each of ten neighbouring prices.</summary>
/// <param name="set">Receives each level that changes: side, price in ticks, contracts (0 removes).</param>
internal sealed class LadderSide(Side side, double meanSize, SeededRandom chance, Action<Side, long, int> set)
{
    private const int Levels = DepthLadder.Levels;
    private const double ChangeProbability = 0.8;

    /// <summary>Ticks from one level to the next deeper one.</summary>
    private readonly int _deeper = -side.Sign();
    private readonly int[] _sizes = new int[Levels];
    private SeededRandom _chance = chance;

    public bool IsShown { get; private set; }

    public long Best { get; private set; }

    public void Forget() => IsShown = false;

    public void Follow(long best, int size)
    {
        if (!IsShown) ShowAll(best);
        long retreat = (best - Best) * _deeper;
        if (retreat > 0) Retreat(best, retreat);
        else if (retreat < 0) Advance(best, -retreat);
        if (_sizes[0] != size) SetLevel(0, size);
        if (_chance.NextDouble() < ChangeProbability) SetLevel(1 + _chance.NextBelow(Levels - 1), 0);
    }

    private void ShowAll(long best)
    {
        IsShown = true;
        Best = best;
        for (int level = 0; level < Levels; level++) SetLevel(level, 0);
    }

    /// <summary>The best levels go away, new ones come into view at the far end.</summary>
    private void Retreat(long best, long ticks)
    {
        int gone = (int)Math.Min(ticks, Levels);
        for (int level = 0; level < gone; level++) set(side, Best + level * _deeper, 0);
        Array.Copy(_sizes, gone, _sizes, 0, Levels - gone);
        Best = best;
        for (int level = Levels - gone; level < Levels; level++) SetLevel(level, 0);
    }

    /// <summary>New best levels come, the far ones leave the view.</summary>
    private void Advance(long best, long ticks)
    {
        int come = (int)Math.Min(ticks, Levels);
        for (int level = Levels - come; level < Levels; level++) set(side, Best + level * _deeper, 0);
        Array.Copy(_sizes, 0, _sizes, come, Levels - come);
        Best = best;
        for (int level = 0; level < come; level++) SetLevel(level, 0);
    }

    /// <param name="size">Contracts; 0 draws a size that is usual so deep in the book.</param>
    private void SetLevel(int level, int size)
    {
        if (size == 0) size = 1 + (int)(meanSize * (1 + 0.15 * level) * (0.4 + 0.6 * _chance.NextExponential()));
        _sizes[level] = size;
        set(side, Best + level * _deeper, size);
    }
}
