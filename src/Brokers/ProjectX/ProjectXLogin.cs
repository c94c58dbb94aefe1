using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Contracts;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX;

/// <summary>One user and key at one gateway: the token, the request budget and the contracts that feed and broker share. The gateway counts requests for both together.</summary>
public sealed class ProjectXLogin : IDisposable
{
    /// <param name="seed">Of the chance in waits between attempts.</param>
    /// <param name="handler">Carries requests to the gateway; null for the network.</param>
    /// <exception cref="InputException">The options are wrong; all faults in one message.</exception>
    public ProjectXLogin(ProjectXOptions options, TimeProvider? time = null, ILoggerFactory? logs = null, int seed = 0, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        Time = time ?? TimeProvider.System;
        Logs = logs ?? NullLoggerFactory.Instance;
        Log = Logs.CreateLogger("Tradewind.ProjectX");
        Chance = new(seed);
        Transport = new(options, Metrics, Time, handler);
        Session = new(Transport, options, Time, Chance, Log);
        Client = new(Transport, Session, ReadRetry.Create(Time, Chance));
        ClientOnce = new(Transport, Session, retry: null);
        Directory = new(Client, options.LiveData, Log);
    }

    public ProjectXOptions Options { get; }

    /// <summary>How much of the gateway's request limits is used.</summary>
    public IReadOnlyList<RequestUse> Requests => Transport.Requests;

    internal TimeProvider Time { get; }

    internal ILoggerFactory Logs { get; }

    internal ILogger Log { get; }

    internal Chance Chance { get; }

    internal FeedMetrics Metrics { get; } = new();

    internal RestTransport Transport { get; }

    internal TokenSession Session { get; }

    /// <summary>Repeats reads whose failure may pass.</summary>
    internal ProjectXClient Client { get; }

    /// <summary>Repeats nothing: for callers who know better when to ask again.</summary>
    internal ProjectXClient ClientOnce { get; }

    internal ContractDirectory Directory { get; }

    /// <summary>The account that is meant.</summary>
    /// <param name="wanted">Name or number; null takes the only one that can trade.</param>
    /// <exception cref="InputException">None, or more than one, is meant; the message lists what there is.</exception>
    /// <exception cref="FeedException">The gateway cannot be used; the message says why.</exception>
    public async Task<ProjectXAccount> ChooseAccountAsync(string? wanted, CancellationToken cancel)
    {
        IReadOnlyList<ProjectXAccount> accounts = await AccountsAsync(cancel);
        return AccountChoice.Choose(accounts, wanted);
    }

    /// <summary>All accounts of the user, also those that may not trade.</summary>
    /// <exception cref="FeedException">The gateway cannot be used; the message says why.</exception>
    public async Task<IReadOnlyList<ProjectXAccount>> AccountsAsync(CancellationToken cancel)
    {
        var client = new AccountClient(Client);
        return [.. (await TryAsync(() => client.AccountsAsync(cancel), cancel)).Select(AccountChoice.Of)];
    }

    public void Dispose()
    {
        Transport.Dispose();
        Metrics.Dispose();
    }

    /// <summary>Logs in and finds the active contract of each instrument; tries a gateway that cannot be reached until the patience is over.</summary>
    /// <exception cref="FeedException">The gateway cannot be used; the message says why.</exception>
    internal Task<IReadOnlyList<string>> OpenAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancel) =>
        TryAsync(() => Directory.ResolveAsync(instruments, cancel), cancel);

    /// <summary>Logs in and asks; tries a gateway that cannot be reached until the patience is over.</summary>
    /// <exception cref="FeedException">The gateway cannot be used; the message says why.</exception>
    internal async Task<T> TryAsync<T>(Func<Task<RestResult<T>>> ask, CancellationToken cancel) where T : class
    {
        var delay = new ReconnectDelay(Options.Hub, Chance);
        long start = Time.GetTimestamp();
        while (true)
        {
            await Task.Delay(delay.Next(), Time, cancel);
            RestResult<Secret> token = await Session.TokenAsync(cancel);
            RestFailure? failure = token.Failure;
            if (failure is null)
            {
                RestResult<T> answer = await ask();
                if (answer.Failure is null) return answer.Value;
                failure = answer.Failure;
            }
            if (LoginRefusal.IsFinal(failure) || Time.GetElapsedTime(start) >= Options.StartPatience) throw LoginRefusal.Explain(failure, isLogin: !token.IsSuccess, Options);
            Log.LogWarning("{Reason} Trying again.", failure.Sentence);
        }
    }
}
