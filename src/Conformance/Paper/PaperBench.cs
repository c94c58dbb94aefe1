using System.Threading.Channels;
using Tradewind.Brokers.Paper;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Model;
using Tradewind.Live;
using Tradewind.Live.Sync;
using Tradewind.Simulation.Fees;

namespace Tradewind.Conformance.Paper;

/// <summary>The paper broker. Its venue is in the same process and tells nothing but its events, so the truth here is what the witness between broker and engine has heard.</summary>
public sealed class PaperBench : ITestBench
{
    public string Broker => "paper";

    public CardNeeds Offers => CardNeeds.Market;

    public Task<ITestVenue> OpenAsync(VenueSettings settings, CancellationToken cancel) => Task.FromResult<ITestVenue>(new PaperVenue());

    private sealed class PaperVenue : ITestVenue
    {
        private const decimal StartingCash = 50_000m;
        private const decimal Fee = 1.65m;

        private readonly CardMarket _market;
        private readonly Witness _witness;

        public PaperVenue()
        {
            Instrument = Instruments.TryFind("ES", out Instrument? found) ? found : throw new CardFailedException("The table of instruments lacks ES.");
            _market = new(Instrument);
            _witness = new(new PaperBroker([Instrument], new() { Fees = new PerUnit(Fee) }), Instrument, StartingCash);
        }

        public Instrument Instrument { get; }

        public Task<VenueTruth> TruthAsync(CancellationToken cancel) => Task.FromResult(_witness.Truth());

        public Task<IVenueSession> ConnectAsync(string session, AccountMemory? memory, CancellationToken cancel) => Task.FromResult<IVenueSession>(new PaperSession(_witness, _market));

        public void MoveTo(int ticks) => _market.MoveTo(ticks);

        public Task InjectAsync(Injected fault, CancellationToken cancel) => throw new CardFailedException("Nothing goes wrong on paper.");

        public Task HealAsync(CancellationToken cancel) => Task.CompletedTask;

        public Task<int> StruckAsync(CancellationToken cancel) => Task.FromResult(0);

        public Task HappenAsync(Happening happening, CancellationToken cancel) => throw new CardFailedException("Nothing happens on paper by itself.");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class PaperSession(Witness witness, CardMarket market) : IVenueSession
    {
        public IBroker Broker => witness;

        public decimal StartingCash => witness.StartingCash;

        public bool SyncsFirst => false;

        public string? ClientIdOf(long order) => Witness.ClientIdOf(order);

        public Task RunFeedAsync(ChannelWriter<FeedInput> inbox, CancellationToken cancel)
        {
            long started = TimeProvider.System.GetTimestamp();
            return market.ShowAsync(inbox, () => market.Start + TimeProvider.System.GetElapsedTime(started), cancel);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
