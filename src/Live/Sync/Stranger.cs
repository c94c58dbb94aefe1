using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>An order number under which executions came, before anybody knows whose order it is.</summary>
internal sealed class Stranger(string venueId, Timestamp since)
{
    public string VenueId { get; } = venueId;

    public Timestamp Since { get; } = since;

    public List<VenueFill> Fills { get; } = [];

    public int Instrument => Fills[0].Instrument;

    public Timestamp LookAt { get; set; }

    public bool IsLooking { get; set; }

    public Proof NotFound { get; set; }
}
