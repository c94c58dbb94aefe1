using Microsoft.AspNetCore.Http;

namespace Tradewind.Gateway.Control;

/// <summary>What changes the simulator is refused to web pages of elsewhere: a browser names their origin.</summary>
internal static class WebPages
{
    public static bool AreRefused(HttpContext http) => http.Request.Headers.ContainsKey("Origin");
}
