using Tradewind.Core.Engine;

namespace Tradewind.Core.Signals;

/// <summary>A wish inside another one: beside it (<see cref="Wish.Or"/>), or after it (<see cref="Wish.Then"/>). A wish becomes one by itself.</summary>
public sealed record LinkedWish(Wish Wish)
{
    public static implicit operator LinkedWish(Wish wish) => new(wish);

    public static LinkedWish FromWish(Wish wish) => new(wish);
}

/// <summary>The same as the engine keeps it.</summary>
internal sealed class ExactLink : ISnapshot
{
    private SignalAction _action;
    private string? _reason;
    private double _confidence;
    private long _validity;
    private decimal _target;
    private bool _isSpent;
    private Wish.Prices? _exact;

    public ExactLink()
    {
    }

    /// <param name="exact">Null for a plain wish.</param>
    public ExactLink(in Wish.Gist said, Wish.Prices? exact)
    {
        (_action, _reason, _confidence, _validity) = (said.Action, said.Reason, said.Confidence, said.Validity?.Ticks ?? -1);
        _exact = exact;
    }

    public Wish.Gist Said => new(_action, _reason ?? "", _confidence, _validity < 0 ? null : new TimeSpan(_validity));

    public Wish.Prices? Exact => _exact;

    /// <summary>The signed position that it was sized to, of one that stands beside another; 0 where it is not to be had.</summary>
    public decimal Target { get => _target; set => _target = value; }

    /// <summary>It was wished for already, of one that comes after another.</summary>
    public bool IsSpent { get => _isSpent; set => _isSpent = value; }

    public static bool AreSame(ExactLink? one, ExactLink? other)
    {
        if (one is null || other is null) return one is null && other is null;
        bool isPlain = one._exact is null || other._exact is null;
        return one._action == other._action && one._validity == other._validity && (isPlain ? one._exact is null && other._exact is null : one._exact!.Says(other._exact!));
    }

    public void Fold(ref StateHash hash)
    {
        hash.Fold((int)_action);
        hash.Fold(_confidence);
        hash.Fold(_validity);
        hash.Fold(_target);
        _exact?.Fold(ref hash);
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _action);
        stream.Sync(ref _reason);
        stream.Sync(ref _confidence);
        stream.Sync(ref _validity);
        stream.Sync(ref _target);
        stream.Sync(ref _isSpent);
        _exact = Wish.Prices.Sync(stream, _exact);
    }

    public static ExactLink? Sync(Snapshot stream, ExactLink? link)
    {
        bool isThere = link is not null;
        stream.Sync(ref isThere);
        if (stream.IsReading) link = isThere ? new() : null;
        link?.Sync(stream);
        return link;
    }
}
