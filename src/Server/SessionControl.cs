using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tradewind.Live;

namespace Tradewind.Server;

/// <summary>The part of the API that changes something: each request needs the session's token.</summary>
/// <param name="Token">Random; who has it may command the session.</param>
/// <param name="Ask">Hands a request to the engine.</param>
public sealed record SessionControl(string Token, Func<OperatorRequest, CancellationToken, Task<OperatorAnswer>> Ask)
{
    private const int TokenBytes = 32;
    private const string Scheme = "Bearer ";

    /// <summary>256 bits of chance, as hexadecimal digits.</summary>
    public static string NewToken() => RandomNumberGenerator.GetHexString(2 * TokenBytes, lowercase: true);

    internal void Map(WebApplication app)
    {
        foreach (OperatorAction action in (OperatorAction[])[OperatorAction.Pause, OperatorAction.Resume, OperatorAction.Flatten, OperatorAction.Kill])
        {
            app.MapPost($"/api/v1/{action.ToString().ToLowerInvariant()}", (Delegate)((HttpContext context) => AnswerAsync(context, new OperatorRequest(action))));
        }
        MapStrategy(app, "resume", OperatorAction.ResumeStrategy);
        MapStrategy(app, "takeover", OperatorAction.TakeOver);
        MapStrategy(app, "rollback", OperatorAction.RollBack);
        MapStrategy(app, "drop", OperatorAction.DropVersion);
    }

    private void MapStrategy(WebApplication app, string verb, OperatorAction action) =>
        app.MapPost($"/api/v1/strategies/{{name}}/{verb}", (HttpContext context, string name, string? symbol) => AnswerAsync(context, new OperatorRequest(action, name, symbol)));

    private async Task<IResult> AnswerAsync(HttpContext context, OperatorRequest request)
    {
        if (!IsAllowed(context.Request)) return Results.Json(new OperatorAnswer(OperatorOutcome.Refused, "The token is missing or wrong; it stands in control.json in the session's data folder, which only the user who started it can read."), statusCode: StatusCodes.Status401Unauthorized);
        OperatorAnswer answer = await Ask(request, context.RequestAborted).ConfigureAwait(false);
        return Results.Json(answer, statusCode: answer.Outcome switch
        {
            OperatorOutcome.Done or OperatorOutcome.NothingToDo => StatusCodes.Status200OK,
            OperatorOutcome.Unknown => StatusCodes.Status404NotFound,
            OperatorOutcome.Refused => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status503ServiceUnavailable,
        });
    }

    private bool IsAllowed(HttpRequest request)
    {
        string given = request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[Scheme.Length..]), Encoding.UTF8.GetBytes(Token));
    }
}
