using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Control;

/// <summary>Lists quirks, and switches them on and off while the gateway runs.</summary>
internal static class QuirkEndpoints
{
    private sealed record QuirkRow(string Quirk, bool On, string Effect);

    private sealed record Refused(IReadOnlyList<string> Faults);

    public static void MapQuirks(this IEndpointRouteBuilder routes, QuirkSet quirks)
    {
        routes.MapGet("/control/quirks", () => Results.Json(Enum.GetValues<Quirk>().Select(quirk => new QuirkRow(quirk.NameOf(), quirks.Has(quirk), quirk.EffectOf())), JsonSerializerOptions.Web));
        routes.MapPut("/control/quirks/{name}", (HttpContext http, string name) => Set(http, quirks, name, isOn: true));
        routes.MapDelete("/control/quirks/{name}", (HttpContext http, string name) => Set(http, quirks, name, isOn: false));
    }

    private static IResult Set(HttpContext http, QuirkSet quirks, string name, bool isOn)
    {
        if (WebPages.AreRefused(http)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (!QuirkTable.TryFind(name, out Quirk quirk))
            return Results.Json(new Refused([$"The quirk \"{name}\" is not known; expected one of {string.Join(", ", QuirkTable.Names)}."]), JsonSerializerOptions.Web, statusCode: StatusCodes.Status404NotFound);
        quirks.Set(quirk, isOn);
        return Results.NoContent();
    }
}
