using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tradewind.Gateway.Rest;

/// <summary>Reads request bodies and writes answers, whatever the content type says.</summary>
internal static class Body
{
    /// <summary>Names in camel case, nulls written, missing or null required members refused.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new PlainDecimals() },
    };

    /// <summary>Answers 400 with a problem object when the body is not the JSON that <typeparamref name="T"/> asks for.</summary>
    /// <param name="check">The member that is wrong and why, or null; what it names is answered with 400 as well.</param>
    public static async Task Handle<T>(HttpContext http, Func<T, Reply> answer, Func<T, (string Member, string Fault)?>? check = null) where T : class
    {
        T? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json, http.RequestAborted);
        }
        catch (JsonException refused)
        {
            await Refuse(http, refused.Path ?? "$", refused.Message);
            return;
        }
        if (request is null) await Refuse(http, "$", "A non-empty request body is required.");
        else if (check?.Invoke(request) is { } wrong) await Refuse(http, wrong.Member, wrong.Fault);
        else await Write(http, answer(request));
    }

    public static Task Write(HttpContext http, Reply reply) => http.Response.WriteAsJsonAsync(reply, reply.GetType(), Json, http.RequestAborted);

    private static Task Refuse(HttpContext http, string member, string fault)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        var problem = new
        {
            type = "https://tools.ietf.org/html/rfc9110#section-15.5.1",
            title = "One or more validation errors occurred.",
            status = StatusCodes.Status400BadRequest,
            errors = new Dictionary<string, string[]> { [member] = [fault] },
        };
        return http.Response.WriteAsJsonAsync(problem, Json, "application/problem+json", http.RequestAborted);
    }
}
