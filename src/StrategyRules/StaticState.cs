using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Tradewind.StrategyRules;

/// <summary>Finds static fields and properties that can be assigned (TW0007).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaticState : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.SharedState];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Check, SymbolKind.Field, SymbolKind.Property);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        bool canChange = context.Symbol switch
        {
            IFieldSymbol field => field is { IsStatic: true, IsReadOnly: false, IsConst: false, IsImplicitlyDeclared: false },
            IPropertySymbol property => property is { IsStatic: true, SetMethod: not null, IsImplicitlyDeclared: false },
            _ => false,
        };
        if (canChange) context.ReportDiagnostic(Diagnostic.Create(Rules.SharedState, context.Symbol.Locations[0], context.Symbol.Name));
    }
}
