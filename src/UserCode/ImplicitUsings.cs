namespace Tradewind.UserCode;

/// <summary>The namespaces that every strategy file sees without naming them.</summary>
public static class ImplicitUsings
{
    public static IReadOnlyList<string> Namespaces { get; } =
    [
        "System", "System.Collections.Generic", "System.ComponentModel.DataAnnotations", "System.Linq",
        "Tradewind.Core.Indicators", "Tradewind.Core.Market", "Tradewind.Core.Model", "Tradewind.Core.Orders", "Tradewind.Core.Risk", "Tradewind.Core.Signals", "Tradewind.Core.Strategies",
    ];
}
