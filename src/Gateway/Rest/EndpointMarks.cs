using Microsoft.AspNetCore.Builder;

namespace Tradewind.Gateway.Rest;

/// <summary>A budget that requests are charged to: so many within any time of this length.</summary>
internal sealed record RateLimit(int Requests, TimeSpan Per)
{
    public static readonly RateLimit General = new(200, TimeSpan.FromSeconds(60));
    public static readonly RateLimit History = new(50, TimeSpan.FromSeconds(30));
}

/// <summary>Marks an endpoint that answers 401 without a living token.</summary>
internal sealed class TokenNeeded;

internal static class EndpointMarks
{
    public static TBuilder NeedsToken<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new TokenNeeded());

    public static TBuilder Limited<TBuilder>(this TBuilder endpoint, RateLimit limit) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(limit);
}
