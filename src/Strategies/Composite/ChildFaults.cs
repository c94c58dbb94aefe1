using System.ComponentModel.DataAnnotations;

namespace Tradewind.Strategies.Composite;

/// <summary>Checks the strategies that the options of a composite name.</summary>
internal static class ChildFaults
{
    public static IEnumerable<ValidationResult> In(string children, ValidationContext context)
    {
        var library = context.GetService(typeof(StrategyLibrary)) as StrategyLibrary;
        if (ChildList.FaultOf(children, library ?? StrategyLibrary.BuiltIn) is { } fault) yield return new ValidationResult(fault);
    }
}
