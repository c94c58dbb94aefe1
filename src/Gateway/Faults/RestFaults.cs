using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tradewind.Core.Model;
using Tradewind.Gateway.Auth;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Gateway.Faults;

/// <summary>Stands before all of REST: lets requests and answers come to harm, and gives answers the form that the quirks ask for.</summary>
internal sealed class RestFaults(FaultDesk desk, QuirkSet quirks, WireForm form, TimeProvider time)
{
    private const string Page = "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>";

    /// <summary>As the answers are written when nothing is changed: what belongs to HTML alone is not escaped.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first answers since a fault was switched on, by path and account.</summary>
    private readonly ConditionalWeakTable<Injection, ConcurrentDictionary<string, JsonNode>> _stale = [];

    /// <summary>The market's time, for how old bars are.</summary>
    public Func<Timestamp> Now { get; set; } = static () => Timestamp.MaxValue;

    public async Task Check(HttpContext http, RequestDelegate next)
    {
        string path = http.Request.Path.Value ?? "";
        if (path.StartsWith("/hubs/", StringComparison.OrdinalIgnoreCase) && desk.Strike(FaultKind.HubRefused, path) is not null) http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else if ((desk.IsEmpty && !form.ChangesAnswers) || !path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase)) await next(http);
        else if (!await Refuse(http, path)) await Pass(http, path, next);
    }

    /// <summary>Faults that keep a request from being looked at.</summary>
    private async Task<bool> Refuse(HttpContext http, string path)
    {
        if (desk.Strike(FaultKind.SlowRequest, path) is { } slow) await Task.Delay(slow.EffectiveDelay, time, http.RequestAborted);
        if (quirks.Has(Quirk.OldOpenApi) && (Is(path, "/Order/searchById") || Is(path, "/Order/v2/query"))) http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (desk.Strike(FaultKind.LostRequest, path) is not null) http.Abort();
        else if (desk.Strike(FaultKind.RateLimit, path) is not null) http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        else if (desk.Strike(FaultKind.BadGateway, path) is not null) await Write(http, StatusCodes.Status502BadGateway);
        else if (desk.Strike(FaultKind.Html, path) is not null) await Write(http, StatusCodes.Status200OK);
        else if (!Is(path, "/Auth/") && desk.Strike(FaultKind.Unauthorized, path) is not null) http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else if (Is(path, "/Auth/loginKey") && desk.Strike(FaultKind.LoginFails, path) is not null) await http.Response.WriteAsJsonAsync(Refusal("token", AuthEndpoints.InvalidCredentials), http.RequestAborted);
        else if (Is(path, "/Auth/validate") && desk.Strike(FaultKind.LoginFails, path) is not null) await http.Response.WriteAsJsonAsync(Refusal("newToken", AuthEndpoints.InvalidSession), http.RequestAborted);
        else if (Is(path, "/Order/place") && desk.Strike(FaultKind.Reject, path) is not null) await http.Response.WriteAsJsonAsync(Refusal("orderId", Orders.PlaceCode.OrderRejected, Orders.Texts.MadeUp.Injected), http.RequestAborted);
        else return false;
        return true;
    }

    /// <summary>Carries the request out with the answer held back, so that it can be lost, delayed or changed.</summary>
    private async Task Pass(HttpContext http, string path, RequestDelegate next)
    {
        string account = IsSearch(path) && !desk.IsEmpty ? await AccountIn(http) : "";
        Stream wire = http.Response.Body;
        using var held = new MemoryStream();
        http.Response.Body = held;
        await next(http);
        http.Response.Body = wire;
        if (desk.Strike(FaultKind.LostReply, path) is not null)
        {
            http.Abort();
            return;
        }
        if (desk.Strike(FaultKind.NoReply, path) is not null) await Task.Delay(Timeout.InfiniteTimeSpan, time, http.RequestAborted);
        if (desk.Strike(FaultKind.LateReply, path) is { } late) await Task.Delay(late.EffectiveDelay, time, http.RequestAborted);
        ReadOnlyMemory<byte> answer = held.GetBuffer().AsMemory(0, (int)held.Length);
        if (http.Response.StatusCode == StatusCodes.Status200OK && Changed(answer, path, account) is { } changed) answer = changed;
        if (quirks.Has(Quirk.TextPlain) && http.Response.ContentType is not null) http.Response.ContentType = "text/plain; charset=utf-8";
        if (answer.Length > 0) await wire.WriteAsync(answer, http.RequestAborted);
    }

    private byte[]? Changed(ReadOnlyMemory<byte> answer, string path, string account)
    {
        if (answer.Length == 0 || answer.Span[0] != '{' || JsonNode.Parse(answer.Span) is not JsonObject node) return null;
        JsonNode changed = node;
        bool isSearch = IsSearch(path);
        if (isSearch && desk.Strike(FaultKind.StaleSnapshot, path) is { } stale) changed = _stale.GetOrCreateValue(stale).GetOrAdd($"{path} {account}".ToUpperInvariant(), static (_, now) => now.DeepClone(), node).DeepClone();
        else if (isSearch && desk.Strike(FaultKind.EmptySnapshot, path) is not null) JsonDamage.Cut(node, static _ => 0);
        else if (isSearch && desk.Strike(FaultKind.ShortSnapshot, path) is not null) JsonDamage.Cut(node, static count => count / 2);
        if (Is(path, "retrieveBars") && desk.Strike(FaultKind.StalledBars, path) is { } stalled) JsonDamage.Older(node, Now() - stalled.EffectiveDelay);
        if (HasHistory(path) && desk.Strike(FaultKind.ShortHistory, path) is { } shortened) JsonDamage.Younger(node, Now() - shortened.EffectiveDelay);
        if (Is(path, "/Contract/") && desk.Strike(FaultKind.WrongTick, path) is not null) JsonDamage.Scale(node, "tickSize", 10);
        if (Is(path, "/Contract/") && desk.Strike(FaultKind.WrongMultiplier, path) is not null) JsonDamage.Scale(node, "tickValue", 10);
        if (Is(path, "/Order/place") && desk.Strike(FaultKind.OrderPending, path) is not null) changed = Refusal("orderId", Orders.PlaceCode.OrderPending);
        if (Is(path, "/Order/") && desk.Strike(FaultKind.UnknownState, path) is not null) JsonDamage.Replace(changed, "status", 99);
        if (desk.Strike(FaultKind.UnknownField, path) is not null) JsonDamage.AddUnknown(changed);
        if (desk.Strike(FaultKind.NumberStrings, path) is not null) JsonDamage.QuoteAmounts(changed);
        form.Change(changed, isRest: true);
        return form.Times(System.Text.Encoding.UTF8.GetBytes(changed.ToJsonString(Plain)));
    }

    private static JsonObject Refusal(string payload, int code, string? text = null) => new() { [payload] = null, ["success"] = false, ["errorCode"] = code, ["errorMessage"] = text };

    private static bool IsSearch(string path) => Is(path, "search") || Is(path, "query") || Is(path, "available");

    /// <summary>Which account a request asks about, if it says so; the body can be read again.</summary>
    private static async Task<string> AccountIn(HttpContext http)
    {
        http.Request.EnableBuffering();
        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return Member(Member(body.RootElement, "filter") ?? body.RootElement, "accountId")?.GetRawText() ?? "";
        }
        catch (JsonException)
        {
            // The endpoint says what is wrong with it.
            return "";
        }
        finally
        {
            http.Request.Body.Position = 0;
        }
    }

    private static JsonElement? Member(JsonElement parent, string name) => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement member) ? member : null;

    private static bool HasHistory(string path) => path.EndsWith("/Order/search", StringComparison.OrdinalIgnoreCase) || Is(path, "/Order/v2/query") || Is(path, "/Trade/search");

    private static bool Is(string path, string part) => path.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static Task Write(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html";
        return http.Response.WriteAsync(Page, http.RequestAborted);
    }
}
