using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Live;
using Tradewind.Storage.Sqlite;

namespace Tradewind.App.Running;

/// <summary>Hands the engine's outputs to the database's recorder, and the equity once a second.</summary>
internal sealed class StoreSink(Engine engine, RunRecorder recorder) : IOutputSink
{
    private static readonly TimeSpan EquityStep = TimeSpan.FromSeconds(1);

    private Timestamp _nextEquity = Timestamp.MinValue;

    public void On(long sequence, in Input input, ReadOnlySpan<Output> outputs)
    {
        recorder.Record(sequence, outputs);
        if (input.Kind != InputKind.Timer || input.Time < _nextEquity) return;
        _nextEquity = input.Time + EquityStep;
        recorder.Record(new EquityMark(sequence, input.Time, engine.Account.ExactEquity(), engine.Account.Cash));
    }
}
