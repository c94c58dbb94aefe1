using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Tradewind.StrategyRules;

/// <summary>Finds clocks, unseeded chance, waiting, threads and everything outside the engine (TW0001 to TW0004 and TW0006), finalizers among them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForbiddenMembers : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Clock, Rules.Chance, Rules.Blocking, Rules.Outside, Rules.Threads];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(CheckFinalizer, SymbolKind.Method);
        context.RegisterCompilationStartAction(start =>
        {
            var table = new ForbiddenTable(start.Compilation);
            start.RegisterOperationAction(operation => Check(operation, table), OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.FieldReference, OperationKind.ObjectCreation, OperationKind.MethodReference, OperationKind.Lock);
        });
    }

    /// <summary>A finalizer runs on the collector's thread, at a time of its choice.</summary>
    private static void CheckFinalizer(SymbolAnalysisContext context)
    {
        if (context.Symbol is IMethodSymbol { MethodKind: MethodKind.Destructor } finalizer) context.ReportDiagnostic(Diagnostic.Create(Rules.Threads, finalizer.Locations[0], $"~{finalizer.ContainingType.Name}()"));
    }

    private static void Check(OperationAnalysisContext context, ForbiddenTable table)
    {
        if (context.Operation is ILockOperation)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.Blocking, context.Operation.Syntax.GetFirstToken().GetLocation(), "lock"));
            return;
        }
        ISymbol? member = context.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IPropertyReferenceOperation property => property.Property,
            IFieldReferenceOperation field => field.Field,
            IObjectCreationOperation creation => creation.Constructor,
            IMethodReferenceOperation method => method.Method,
            _ => null,
        };
        if (member is null || table.RuleFor(member) is not { } rule) return;
        context.ReportDiagnostic(Diagnostic.Create(rule, context.Operation.Syntax.GetLocation(), NameOf(member)));
    }

    private static string NameOf(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
        ? $"new {constructor.ContainingType.Name}({string.Join(", ", constructor.Parameters.Select(parameter => parameter.Type.Name))})"
        : $"{member.ContainingType.Name}.{member.Name}";
}
