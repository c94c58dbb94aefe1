using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>Compares what the account holds by the booked executions with what the venue says that it holds, and in the end adopts the venue's word.</summary>
internal sealed class Positions(SyncOptions options, SyncMoment moment, Teller teller, Questions questions, FillLedger ledger, SyncCounts counts)
{
    /// <summary>Rows of the stream that were overtaken by later ones still arrive within this time.</summary>
    private static readonly TimeSpan Reordered = TimeSpan.FromSeconds(2);

    /// <summary>A position that was held within this time and is reported again may be an old page.</summary>
    private static readonly TimeSpan OldPage = TimeSpan.FromMinutes(2);

    /// <summary>Executions may show up later than the position that they made, by as long as this many reports take.</summary>
    private const int ReportsToAdopt = 3;

    private const int ReportsToAdoptOdd = 8;

    private readonly List<Holding> _holdings = [];
    private int _differing;

    public Timestamp DueAt { get; private set; } = Timestamp.MaxValue;

    public bool IsAnyDiffering => _differing > 0;

    /// <summary>Whether one differs for longer than rows of one event may be apart.</summary>
    public bool IsAnyDifferingForLong => _differing > 0 && _holdings.Exists(holding => holding.Differs && moment.Now - holding.DiffersSince >= options.Grace);

    public void Start(in RememberedPosition position) => Of(position.Instrument).Start(position.Strategies + position.External, position.AveragePrice);

    public decimal NetOf(int instrument) => instrument >= 0 && instrument < _holdings.Count ? _holdings[instrument].Net : 0m;

    /// <summary>The instrument's last execution, or what its position cost; 0 when nothing is known.</summary>
    public decimal NearestPrice(int instrument)
    {
        Holding holding = Of(instrument);
        return holding.LastPrice != 0m ? holding.LastPrice : holding.Reported.AveragePrice;
    }

    /// <summary>An execution was booked.</summary>
    public void Apply(int instrument, decimal signed, decimal price)
    {
        Holding holding = Of(instrument);
        holding.Apply(signed, price, moment.Next(), moment.Now);
        if (!holding.Differs) return;
        holding.Agreeing = default;
        if (holding.Net == holding.Reported.Quantity) Agree(holding);
    }

    /// <summary>A row of the stream: it may come before the executions that it contains, and after later rows.</summary>
    public void OnStream(in VenuePosition row)
    {
        if (IsUnknown(in row)) return;
        Holding holding = Of(row.Instrument);
        if (row.Quantity == holding.Net) Agree(holding);
        else if (!holding.HeldSince(row.Quantity, moment.Now - Reordered)) Differ(holding, in row, false, moment.Now + options.Grace);
    }

    public void OnReply(Flight flight, ReadOnlySpan<VenuePosition> rows)
    {
        foreach (ref readonly VenuePosition row in rows)
        {
            if (!IsUnknown(in row)) Of(row.Instrument);
        }
        foreach (Holding holding in _holdings) Compare(flight, holding, SumOf(rows, holding.Instrument, out bool isListed), isListed);
    }

    /// <summary>After a gap, reports of before it prove nothing.</summary>
    public void Restart()
    {
        foreach (Holding holding in _holdings) holding.Agreeing = default;
    }

    /// <summary>Looks into differences that last.</summary>
    public void Pump()
    {
        DueAt = Timestamp.MaxValue;
        if (_differing == 0) return;
        foreach (Holding holding in _holdings)
        {
            if (holding.Differs && holding.CheckAt <= moment.Now) Check(holding);
            if (holding.CheckAt < DueAt) DueAt = holding.CheckAt;
        }
    }

    /// <summary>Adopts what is proven: reports that agree, apart in time, and an answer with all executions that does not explain them.</summary>
    /// <param name="sweptAt">When the last complete answer with all executions was asked for.</param>
    /// <param name="isUnsettled">Whether executions of an instrument are still being looked for.</param>
    public void Adopt(Timestamp sweptAt, Func<int, bool> isUnsettled)
    {
        if (_differing == 0 || !moment.IsStreamUp) return;
        foreach (Holding holding in _holdings)
        {
            if (holding.Differs && IsProven(holding, sweptAt) && !isUnsettled(holding.Instrument)) Adopt(holding);
        }
    }

    private Holding Of(int instrument)
    {
        while (_holdings.Count <= instrument) _holdings.Add(new(_holdings.Count));
        return _holdings[instrument];
    }

    private bool IsUnknown(in VenuePosition row)
    {
        if (row.Instrument >= 0) return false;
        if (row.Quantity != 0m) teller.NoticeOnce("position", -1, "The account holds an instrument that this session does not know; it is not in the books.");
        return true;
    }

    private static VenuePosition SumOf(ReadOnlySpan<VenuePosition> rows, int instrument, out bool isListed)
    {
        var sum = new VenuePosition(instrument, 0m, 0m);
        isListed = false;
        foreach (ref readonly VenuePosition row in rows)
        {
            if (row.Instrument != instrument) continue;
            isListed = true;
            sum = new(instrument, sum.Quantity + row.Quantity, row.AveragePrice);
        }
        return sum;
    }

    private void Compare(Flight flight, Holding holding, in VenuePosition reported, bool isListed)
    {
        // What was held at any time since the question was asked is a right answer to it.
        if (holding.HeldSince(reported.Quantity, flight.Sequence))
        {
            Agree(holding);
            return;
        }
        Differ(holding, in reported, !isListed, moment.Now);
        if (holding.ChangedAt > flight.Asked) return;
        holding.Agreeing = holding.Agreeing.With(flight.Asked, options.ProofSpacing);
    }

    private void Agree(Holding holding)
    {
        if (!holding.Differs) return;
        holding.Differs = false;
        holding.Agreeing = default;
        holding.CheckAt = Timestamp.MaxValue;
        _differing--;
    }

    private void Differ(Holding holding, in VenuePosition reported, bool isByAbsence, Timestamp checkAt)
    {
        if (!holding.Differs)
        {
            holding.Differs = true;
            holding.DiffersSince = moment.Now;
            holding.CheckAt = checkAt;
            _differing++;
        }
        if (holding.Reported.Quantity != reported.Quantity) holding.Agreeing = default;
        holding.Reported = reported;
        holding.IsReportedByAbsence = isByAbsence;
        if (holding.CheckAt < DueAt) DueAt = holding.CheckAt;
    }

    /// <summary>Executions that nobody heard of explain most differences, old pages the rest: both are asked for again.</summary>
    private void Check(Holding holding)
    {
        questions.Want(SyncQuery.FillsSince, SyncPriority.Resync, moment.Now, holding.Agreeing.Count < 2 ? default : ledger.Horizon);
        Timestamp next = holding.Agreeing.Count == 0 ? moment.Now : holding.Agreeing.Last + options.ProofSpacing;
        if (next <= moment.Now) questions.Want(SyncQuery.Positions, SyncPriority.Resync, moment.Now);
        holding.CheckAt = next > moment.Now ? next : moment.Now + options.ProofSpacing;
    }

    private bool IsProven(Holding holding, Timestamp sweptAt)
    {
        if (holding.Agreeing.Count < ReportsToAdopt || sweptAt < holding.Agreeing.Last) return false;
        bool isOdd = (holding.IsReportedByAbsence && holding.Net != 0m) || holding.HeldSince(holding.Reported.Quantity, moment.Now - OldPage);
        return !isOdd || (holding.Agreeing.Span >= options.Distrust && holding.Agreeing.Count >= ReportsToAdoptOdd);
    }

    private void Adopt(Holding holding)
    {
        decimal difference = holding.Reported.Quantity - holding.Net;
        decimal price = holding.Reported.AveragePrice != 0m ? holding.Reported.AveragePrice : holding.LastPrice;
        counts.Adjustments++;
        teller.Account(holding.Instrument, new AccountEvent(AccountEventKind.PositionAdjusted, 0, difference, price), $"the venue holds {holding.Reported.Quantity}, the books {holding.Net}");
        Apply(holding.Instrument, difference, price);
    }
}
