using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Tradewind.StrategyRules;

/// <summary>Finds <c>==</c> and <c>!=</c> between floating-point numbers (TW0005).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DoubleEquality : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Equality];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Check, OperationKind.Binary);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var comparison = (IBinaryOperation)context.Operation;
        if (comparison.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)) return;
        if (!IsFloating(comparison.LeftOperand.Type) && !IsFloating(comparison.RightOperand.Type)) return;
        context.ReportDiagnostic(Diagnostic.Create(Rules.Equality, comparison.Syntax.GetLocation(), comparison.OperatorKind == BinaryOperatorKind.Equals ? "==" : "!="));
    }

    private static bool IsFloating(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) type = nullable.TypeArguments[0];
        return type?.SpecialType is SpecialType.System_Double or SpecialType.System_Single;
    }
}
