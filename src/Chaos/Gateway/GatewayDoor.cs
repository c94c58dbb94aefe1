using System.Net;
using System.Text.Json;
using Tradewind.Chaos.Net;

namespace Tradewind.Chaos.Gateway;

/// <summary>The world's network as the adapter's HTTP client meets it: bytes of a request go to the venue, bytes of a reply come back, or neither does.</summary>
/// <param name="left">Is told when bytes of an order, a change or a cancel leave the program: the path, and the request.</param>
/// <param name="inside">Does something in the program's thread, unless that has died since.</param>
/// <param name="deadline">Of the adapter's calls: a reply that comes later is not heard.</param>
internal sealed class GatewayDoor(Requests requests, GatewayReplies replies, Action<string, JsonElement> left, Action<Action> inside, TimeSpan deadline) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.AbsolutePath;
        JsonElement body = Read(request);
        string? token = request.Headers.Authorization?.Parameter;
        left(path, body);

        var answer = new TaskCompletionSource<HttpResponseMessage>();
        cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        requests.Send(() => replies.Answer(path, body, token), (end, reply) => inside(() => End(answer, end, reply)), replies.OrderOf(path, body), deadline);
        return answer.Task;
    }

    private static void End(TaskCompletionSource<HttpResponseMessage> answer, RequestEnd end, GatewayReply reply)
    {
        switch (end)
        {
            case RequestEnd.Replied: answer.TrySetResult(Message(reply.Status, reply.Body)); break;
            case RequestEnd.Limited: answer.TrySetResult(Message(HttpStatusCode.TooManyRequests, [])); break;
            case RequestEnd.Unauthorized: answer.TrySetResult(Message(HttpStatusCode.Unauthorized, [])); break;
            case RequestEnd.ServerError: answer.TrySetResult(Message(HttpStatusCode.InternalServerError, [])); break;
            case RequestEnd.NotSent: answer.TrySetException(new HttpRequestException(HttpRequestError.ConnectionError, "no connection")); break;
            // Nobody answers: the adapter's own deadline ends it.
            default: break;
        }
    }

    private static JsonElement Read(HttpRequestMessage request)
    {
        using Stream content = request.Content!.ReadAsStream(CancellationToken.None);
        if (content.Length == 0) return default;
        using var document = JsonDocument.Parse(content);
        return document.RootElement.Clone();
    }

    private static HttpResponseMessage Message(HttpStatusCode status, byte[] body) => new(status) { Content = new ByteArrayContent(body) };
}

/// <summary>What the venue's gateway answers to a request that arrived.</summary>
internal readonly record struct GatewayReply(HttpStatusCode Status, byte[] Body);
