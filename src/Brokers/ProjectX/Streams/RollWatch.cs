using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.Contracts;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>Asks for the active contracts anew whenever a session ends or begins, and moves a symbol that has rolled to its new contract.</summary>
internal sealed class RollWatch
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    private readonly StreamTable _streams;
    private readonly MarketConnection _connection;
    private readonly ContractDirectory _directory;
    private readonly VenueClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Instrument[] _instruments;
    private (DateOnly Day, bool IsOpen)[] _phases;
    private long? _failedAt;
    private bool _isAsking;

    public RollWatch(StreamTable streams, MarketConnection connection, ContractDirectory directory, VenueClock clock, TimeProvider time, ILogger log)
    {
        (_streams, _connection, _directory, _clock, _time, _log) = (streams, connection, directory, clock, time, log);
        _instruments = [.. Enumerable.Range(0, streams.Count).Select(i => streams.Read(i, stream => stream.Instrument))];
        _phases = Phases();
    }

    /// <summary>True when it is time for <see cref="AskAsync"/>. Called by one loop.</summary>
    public bool IsDue()
    {
        if (_isAsking || (_failedAt is { } failed && _time.GetElapsedTime(failed) < AskAgain)) return false;
        _isAsking = !_phases.AsSpan().SequenceEqual(Phases());
        return _isAsking;
    }

    public async Task AskAsync(CancellationToken cancel)
    {
        try
        {
            (DateOnly, bool)[] phases = Phases();
            RestResult<IReadOnlyList<string>> active = await _directory.ResolveAsync(_instruments, cancel).ConfigureAwait(false);
            if (active.Failure is { } failure) throw new FeedException(failure.Sentence);
            for (int i = 0; i < _instruments.Length; i++) await FollowAsync(i, active.Value[i], cancel).ConfigureAwait(false);
            _phases = phases;
            _failedAt = null;
        }
        catch (FeedException fault)
        {
            _failedAt = _time.GetTimestamp();
            _log.LogError("The active contracts could not be asked for, so the known ones stay: {Reason}", fault.Message);
        }
        finally
        {
            _isAsking = false;
        }
    }

    private async Task FollowAsync(int position, string contractId, CancellationToken cancel)
    {
        string before = _streams.Contracts[position];
        if (before == contractId) return;
        _log.LogWarning("{Symbol}: rolls from {Before} to {Contract}.", _instruments[position].Symbol, before, contractId);
        _streams.Change(position, stream =>
        {
            stream.GoDown();
            stream.ForgetHeld();
            stream.ForgetPrices();
            _streams.Contracts.Replace(position, contractId);
        });
        await _connection.SubscribeAgainAsync(position, before, cancel).ConfigureAwait(false);
    }

    private (DateOnly Day, bool IsOpen)[] Phases()
    {
        Timestamp now = _clock.Now;
        return [.. _instruments.Select(instrument =>
        {
            Session session = instrument.Calendar.SessionAt(now);
            return (session.TradingDay, session.Contains(now));
        })];
    }
}
