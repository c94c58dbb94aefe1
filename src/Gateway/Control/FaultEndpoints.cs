using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Gateway.Faults;

namespace Tradewind.Gateway.Control;

/// <summary>Switches faults on and off while the gateway runs. Needs no token; refuses what a web page of elsewhere sends.</summary>
internal static class FaultEndpoints
{
    private const string Example = "{\"fault\":\"hub-drop\"}";

    private sealed record Added(int Id);

    private sealed record Refused(IReadOnlyList<string> Faults);

    public static void MapFaults(this IEndpointRouteBuilder routes, FaultDesk desk, TimedFaults timed)
    {
        routes.MapGet("/control/faults", () => Results.Json(desk.Read(), JsonSerializerOptions.Web));
        routes.MapPost("/control/faults", (Delegate)((HttpContext http) => Guard(http, () => Add(http, desk, timed))));
        routes.MapDelete("/control/faults", (Delegate)((HttpContext http) => Guard(http, () => Remove(desk, id: null))));
        routes.MapDelete("/control/faults/{id:int}", (HttpContext http, int id) => Guard(http, () => Remove(desk, id)));
    }

    private static Task<IResult> Guard(HttpContext http, Func<Task<IResult>> work) =>
        WebPages.AreRefused(http) ? Task.FromResult(Results.StatusCode(StatusCodes.Status403Forbidden)) : work();

    private static async Task<IResult> Add(HttpContext http, FaultDesk desk, TimedFaults timed)
    {
        using var reader = new StreamReader(http.Request.Body);
        string body = await reader.ReadToEndAsync(http.RequestAborted);
        InjectionText? text;
        try
        {
            text = JsonSerializer.Deserialize<InjectionText>(body, InjectionText.Json);
        }
        catch (JsonException refused)
        {
            return Wrong(InjectionText.Sentence(body, refused, Example));
        }
        if (text is not { Quirk: null, At: null, Until: null }) return Wrong($"Expected an object as {Example}, without times of a schedule.");
        if (text.Faults() is { Count: > 0 } faults) return Wrong([.. faults]);
        int id = desk.Add(text.ToInjection());
        foreach (Injection injection in desk.StrikeNew(id)) timed.Happen(injection);
        return Results.Json(new Added(id), JsonSerializerOptions.Web);
    }

    private static Task<IResult> Remove(FaultDesk desk, int? id) => Task.FromResult(desk.Remove(id) || id is null ? Results.NoContent() : Results.NotFound());

    private static IResult Wrong(params string[] faults) => Results.Json(new Refused(faults), JsonSerializerOptions.Web, statusCode: StatusCodes.Status400BadRequest);
}
