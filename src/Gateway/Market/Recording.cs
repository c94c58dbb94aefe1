using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Market;

/// <summary>Recorded market data that the gateway can play; who reads the file is not the gateway's business.</summary>
/// <param name="Name">For messages: the file's name.</param>
/// <param name="Instruments">What it holds; an input's instrument is an index into this list.</param>
/// <param name="Read">Bars, trades, quotes and depth updates in the order of their time (a bar's is its end). Called twice: for the first event, and for all.</param>
public sealed record Recording(string Name, IReadOnlyList<Instrument> Instruments, Func<IEnumerable<Input>> Read);
