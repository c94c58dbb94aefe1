using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Composite;

/// <summary>The strategies inside a composite, with the weights that the settings gave them.</summary>
internal sealed class Members(IReadOnlyList<ChildStrategy> children, IReadOnlyList<double> weights)
{
    /// <summary>Makes the strategies of a list.</summary>
    /// <param name="host">The composite's own.</param>
    /// <exception cref="ArgumentException">The list cannot be read, or names what there is not.</exception>
    public static Members Of(string list, StrategySite site, Func<Strategy, string, ChildStrategy> host)
    {
        ArgumentNullException.ThrowIfNull(site);
        IReadOnlyList<ChildChoice> choices = ChildList.Read(list, site.Library);
        return new([.. choices.Select(each => host(each.Settings.Create(site.Instrument), each.Name))], [.. choices.Select(each => each.Weight)]);
    }

    public IReadOnlyList<ChildStrategy> Children => children;

    public int Count => children.Count;

    public double WeightOf(int index) => weights[index];

    /// <summary>The furthest stop of those that stand on a side, so that their vote can change first; none where one of them has none.</summary>
    public double? StopOf(int direction)
    {
        double? furthest = null;
        foreach (ChildStrategy child in children)
        {
            if (child.Direction != direction) continue;
            if (child.StopLoss is not { } stop) return null;
            if (furthest is null || (furthest - stop) * direction > 0) furthest = stop;
        }
        return furthest;
    }
}
