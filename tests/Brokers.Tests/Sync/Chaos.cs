using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>One schedule: an engine that trades, a venue that fills, people at the same account, and faults in a mixture that the seed draws.</summary>
internal sealed class Chaos
{
    private readonly Random _chance;
    private readonly ChaosMix _mix;
    private readonly SyncRun _run;
    private Timestamp _faultedAt = SyncRun.Start;
    private bool _isHealed;
    private bool _isRestOut;

    public Chaos(int seed)
    {
        _chance = new(seed);
        _mix = ChaosMix.Draw(_chance);
        _run = new SyncRun { Wire = Wire, Rest = Rest };
        _run.Venue.Hidden = () => !_isHealed && Chance(_mix.HiddenFills) ? Span(20) : TimeSpan.Zero;
    }

    public SyncRun Run => _run;

    public ChaosMix Mix => _mix;

    public List<string> Faults { get; } = [];

    /// <summary>Chaos, then peace; in the end venue and engine must agree in everything.</summary>
    public void Play(int seconds)
    {
        Timestamp end = SyncRun.Start + TimeSpan.FromSeconds(seconds);
        while (_run.Now < end && Faults.Count == 0)
        {
            _run.Advance(0.02 + _chance.NextDouble() * _mix.Pace);
            Step();
            CheckWhileRunning();
        }
        Heal();
        if (!_run.RunUntil(IsAtPeace, TimeSpan.FromSeconds(75))) Faults.Add($"no peace within 75 s: {_run.Books.State}, {string.Join(", ", _run.Books.Orders.Values.Where(order => order.Doubt != BrokerEventKind.None || order.Asked != BrokerEventKind.None).Select(order => $"{order.Intent.Order} in doubt"))}");
        _run.Advance(120);
        Faults.AddRange(Truth.Differences(_run, _mix.HasMoves || _mix.HiddenFills > 0 || (_mix.HasLies && _mix.HasRestarts)));
    }

    private void Heal()
    {
        _isHealed = true;
        _isRestOut = false;
        _run.SetClock(TimeSpan.Zero);
        if (!_run.IsRunning) _run.RunUntil(() => _run.IsRunning, TimeSpan.FromSeconds(20));
        if (!_run.IsUp) _run.Up();
        if (!_run.Venue.Account.CanTrade) _run.Venue.Set(_run.Venue.Account with { CanTrade = true });
    }

    private bool IsAtPeace() => _run.Books.State == AccountState.Synced && _run.Books.Orders.Values.All(order => order.Doubt == BrokerEventKind.None && (order.Asked == BrokerEventKind.None || order.End != BrokerEventKind.None));

    /// <summary>Synced for long enough to have noticed anything, with nothing going on and nothing hiding it, means equal.</summary>
    private void CheckWhileRunning()
    {
        if (_run.Books.State != AccountState.Synced || _isRestOut || !_run.IsRunning) return;
        if (_run.Now - _run.Venue.ChangedAt < TimeSpan.FromSeconds(50) || _run.Now - _faultedAt < TimeSpan.FromSeconds(50)) return;
        Faults.AddRange(Truth.NetDifferences(_run).Select(difference => "while synced: " + difference));
    }

    private void Step()
    {
        if (!_run.IsRunning) ActAtVenue(_chance.NextDouble());
        else ActAnywhere(_chance.NextDouble());
    }

    /// <summary>While the engine is dead the venue goes on.</summary>
    private void ActAtVenue(double dice)
    {
        if (dice < 0.6) FillOne();
        else if (dice < 0.7) EndOne();
        else if (dice < 0.7 + _mix.Hands) ActByHand();
    }

    private void ActAnywhere(double dice)
    {
        if (dice < 0.30) SendOne();
        else if (dice < 0.40) CancelOne();
        else if (dice < 0.48) ModifyOne();
        else if (dice < 0.80) FillOne();
        else if (dice < 0.84) EndOne();
        else if (dice < 0.84 + _mix.Hands) ActByHand();
        else if (dice < 0.92) BreakStream();
        else if (dice < 0.94) BreakRest();
        else if (dice < 0.95 && _mix.HasRestrictions) Restrict();
        else if (dice < 0.97 && _mix.HasRestarts) _run.Restart(Span(10));
        else if (dice < 0.98 && _mix.HasClockSteps) _run.SetClock(Chance(0.2) ? TimeSpan.FromHours(_chance.Next(3) - 1) : Span(4) - TimeSpan.FromSeconds(2));
    }

    private bool Chance(double probability) => _chance.NextDouble() < probability;

    private TimeSpan Span(double seconds) => TimeSpan.FromSeconds(_chance.NextDouble() * seconds);

    private T? Pick<T>(IEnumerable<T> all) where T : class
    {
        T[] each = [.. all];
        return each.Length == 0 ? null : each[_chance.Next(each.Length)];
    }

    private BookedOrder? Working() => Pick(_run.Books.Orders.Values.Where(order => order.End == BrokerEventKind.None && order.Asked == BrokerEventKind.None));

    private void SendOne()
    {
        if (Pick(_run.Books.Orders.Values.Where(order => order.End == BrokerEventKind.Absent)) is { } absent && Chance(0.3))
        {
            _run.Send(absent.Intent, SendingFault());
            return;
        }
        if (_run.Books.State != AccountState.Synced || _run.Books.Orders.Values.Count(order => order.End == BrokerEventKind.None) > 6) return;
        OrderIntent intent = _run.Intent(Chance(0.5) ? Side.Buy : Side.Sell, 1 + _chance.Next(4), limit: 5000m + _chance.Next(40), instrument: _chance.Next(2));
        _run.Send(in intent, SendingFault());
    }

    private SendFault SendingFault()
    {
        if (_isHealed || !Chance(_mix.Sends)) return new(Span(0.1), Span(0.1), null);
        return _chance.Next(5) switch
        {
            0 => new(null, null, Span(5)),
            1 => new(Span(0.2), null, Span(5)),
            2 => new(Span(0.2), TimeSpan.FromSeconds(5) + Span(20), TimeSpan.FromSeconds(5)),
            3 => new(Span(1), Span(1), null),
            _ => new(TimeSpan.FromSeconds(5) + Span(_mix.LateArrival), Span(1), TimeSpan.FromSeconds(5)),
        };
    }

    private void CancelOne()
    {
        if (Working() is { Doubt: BrokerEventKind.None } order) _run.Cancel(order.Intent.Order, SendingFault());
    }

    private void ModifyOne()
    {
        if (Working() is { Doubt: BrokerEventKind.None } order) _run.Modify(order.Intent.Order, order.Quantity + _chance.Next(2), order.LimitPrice + 1 + _chance.Next(5), SendingFault());
    }

    private void FillOne()
    {
        VenueOrder[] live = [.. _run.Venue.Orders.Where(order => order.State == VenueOrderState.Working)];
        if (live.Length == 0) return;
        VenueOrder order = live[_chance.Next(live.Length)];
        decimal left = order.Quantity - order.Filled;
        _run.Venue.Fill(order.VenueId, Chance(0.5) ? left : Math.Max(1m, Math.Floor(left / 2m)), order.LimitPrice);
    }

    private void EndOne()
    {
        VenueOrder[] live = [.. _run.Venue.Orders.Where(order => order.State == VenueOrderState.Working)];
        if (live.Length > 0) _run.Venue.End(live[_chance.Next(live.Length)].VenueId, Chance(0.5) ? VenueOrderState.Expired : VenueOrderState.Canceled);
    }

    private void ActByHand()
    {
        if (_mix.HasMoves && Chance(0.3)) _run.Venue.Move(_chance.Next(2), Chance(0.5) ? 1m : -1m, 5010m);
        else if (_mix.HasVoids && Chance(0.3) && _run.Venue.Fills.Any(fill => !fill.IsVoided)) _run.Venue.Void(_run.Venue.Fills.Last(fill => !fill.IsVoided).ExecutionId);
        else if (Chance(0.5)) _run.Venue.TradeByHand(_chance.Next(2), Chance(0.5) ? Side.Buy : Side.Sell, 1m + _chance.Next(2), 5005m);
        else _run.Venue.Place(null, _chance.Next(2), Side.Buy, OrderType.Limit, 1m, 4900m);
    }

    private void Restrict() => _run.Venue.Set(_run.Venue.Account with { CanTrade = !_run.Venue.Account.CanTrade });

    private void BreakStream()
    {
        if (!_run.IsUp || !Chance(_mix.Gaps)) return;
        _faultedAt = _run.Now;
        _run.Down();
        _run.At(Span(_mix.GapSeconds), () => { if (!_run.IsUp && _run.IsRunning) _run.Up(); });
    }

    private void BreakRest()
    {
        if (_isRestOut || !Chance(_mix.Gaps)) return;
        _isRestOut = true;
        _run.At(Span(_mix.GapSeconds), () => { _isRestOut = false; _faultedAt = _run.Now; });
    }

    private TimeSpan[] Wire(object row)
    {
        if (_isHealed) return [];
        if (Chance(_mix.Drops)) return [TimeSpan.FromSeconds(-1)];
        TimeSpan first = Chance(_mix.Late) ? Span(3) : TimeSpan.FromMilliseconds(5) + Span(_mix.Jitter);
        return Chance(_mix.Doubles) ? [first, first + Span(5)] : [first];
    }

    private RestFault? Rest(SyncRequest request)
    {
        if (_isHealed) return null;
        var usual = new RestFault(Delay: Span(_mix.RestDelay), Age: Span(_mix.RestLag));
        bool isFaulty = Chance(_mix.RestFaults);
        if (!isFaulty && !_isRestOut) return usual;
        _faultedAt = _run.Now;
        return (_isRestOut ? _chance.Next(2) : _chance.Next(6)) switch
        {
            0 => RestFault.Failure,
            1 => new(IsLost: true),
            2 => usual with { Age = Span(4) },
            3 => usual with { IsEmpty = _mix.HasLies },
            4 => usual with { Rows = _chance.Next(3), SaysWhole = _mix.HasLies && request.Query is SyncQuery.OpenOrders or SyncQuery.OrdersSince },
            _ => usual with { Delay = TimeSpan.FromSeconds(2) + Span(40) },
        };
    }
}

/// <summary>How likely each fault is in one schedule.</summary>
internal sealed record ChaosMix
{
    public double Pace { get; init; }

    public double Drops { get; init; }

    public double Doubles { get; init; }

    public double Late { get; init; }

    /// <summary>Seconds.</summary>
    public double Jitter { get; init; }

    public double Sends { get; init; }

    /// <summary>Seconds after the sender gave up.</summary>
    public double LateArrival { get; init; }

    public double Gaps { get; init; }

    public double GapSeconds { get; init; }

    public double RestFaults { get; init; }

    public double RestDelay { get; init; }

    public double RestLag { get; init; }

    public double Hands { get; init; }

    /// <summary>Executions that nothing but the order's own row tells at first.</summary>
    public double HiddenFills { get; init; }

    public bool HasClockSteps { get; init; }

    public bool HasRestarts { get; init; }

    public bool HasLies { get; init; }

    public bool HasMoves { get; init; }

    public bool HasVoids { get; init; }

    public bool HasRestrictions { get; init; }

    public static ChaosMix Draw(Random chance) => new()
    {
        Pace = 0.1 + chance.NextDouble(),
        Drops = Sometimes(chance, 0.1),
        Doubles = Sometimes(chance, 0.2),
        Late = Sometimes(chance, 0.1),
        Jitter = Sometimes(chance, 0.2),
        Sends = Sometimes(chance, 0.5),
        LateArrival = Sometimes(chance, 3),
        Gaps = Sometimes(chance, 1),
        GapSeconds = chance.NextDouble() * 15,
        RestFaults = Sometimes(chance, 0.3),
        RestDelay = chance.NextDouble() * 0.5,
        RestLag = Sometimes(chance, 1),
        Hands = Sometimes(chance, 0.04),
        HiddenFills = chance.Next(8) == 0 ? chance.NextDouble() * 0.1 : 0,
        HasClockSteps = chance.Next(4) == 0,
        HasRestarts = chance.Next(3) == 0,
        HasLies = chance.Next(2) == 0,
        HasMoves = chance.Next(4) == 0,
        HasVoids = chance.Next(4) == 0,
        HasRestrictions = chance.Next(4) == 0,
    };

    private static double Sometimes(Random chance, double most) => chance.Next(2) == 0 ? 0 : chance.NextDouble() * most;
}
