using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>
/// The whole quote from its parts. A part that cannot be believed is left out; a crossed pair is kept back until the other side follows;
/// a pair far from the last waits until two more agree.
/// </summary>
internal sealed class QuoteMerge(PriceCheck check, Action<Doubt, int> dropped)
{
    private const int Agreeing = 3;

    private double _bid = double.NaN;
    private double _ask = double.NaN;
    private double _reference = double.NaN;
    private double _candidate = double.NaN;
    private int _agreed;
    private Quote _last;

    public double Bid => _bid;

    public double Ask => _ask;

    /// <summary>Takes in what came; absent members keep their value.</summary>
    public void Merge(in QuotePatch patch)
    {
        Take(patch.Bid, ref _bid);
        Take(patch.Ask, ref _ask);
    }

    /// <summary>True with a quote that differs from the one given before and can be believed.</summary>
    /// <param name="reference">Price of the last trade; NaN without one.</param>
    public bool TryTake(Timestamp time, double reference, out Quote quote)
    {
        quote = new(time, _bid, _ask);
        if (double.IsNaN(_bid) || double.IsNaN(_ask) || (_bid == _last.Bid && _ask == _last.Ask)) return false;
        if (_bid > _ask)
        {
            dropped(Doubt.Crossed, 1);
            return false;
        }
        if (!IsBelieved(quote, reference)) return false;
        _last = quote;
        return true;
    }

    /// <summary>Forgets everything: the first quote of a subscription is whole.</summary>
    public void Restart()
    {
        (_bid, _ask, _reference, _candidate, _agreed, _last) = (double.NaN, double.NaN, double.NaN, double.NaN, 0, default);
    }

    private void Take(double price, ref double side)
    {
        if (double.IsNaN(price)) return;
        Doubt doubt = check.Of(price);
        if (doubt == Doubt.None) side = price;
        else dropped(doubt, 1);
    }

    private bool IsBelieved(in Quote quote, double reference)
    {
        double last = double.IsNaN(_reference) ? reference : _reference;
        if (check.IsNear(quote.Bid, last) && check.IsNear(quote.Ask, last))
        {
            (_reference, _agreed) = (quote.Mid, 0);
            return true;
        }
        _agreed = _agreed > 0 && check.IsNear(quote.Mid, _candidate) ? _agreed + 1 : 1;
        _candidate = quote.Mid;
        if (_agreed < Agreeing)
        {
            dropped(Doubt.Jump, 1);
            return false;
        }
        (_reference, _agreed) = (quote.Mid, 0);
        return true;
    }
}
