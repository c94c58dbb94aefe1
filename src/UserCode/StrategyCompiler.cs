using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Tradewind.Core.Model;
using Tradewind.StrategyRules;
using Tradewind.UserCode.Metering;

namespace Tradewind.UserCode;

/// <summary>Compiles strategy files in this process against the running program, and holds them to the rules for strategies.</summary>
/// <remarks>What is compiled is trusted code: it runs with all rights of the program.</remarks>
public static class StrategyCompiler
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, deterministic: true);

    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText(
        string.Concat(ImplicitUsings.Namespaces.Select(name => $"global using {name};\n")), Parsing, "ImplicitUsings.cs", Encoding.UTF8);

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new ForbiddenMembers(), new DoubleEquality(), new StaticState()];

    private static readonly CompilationWithAnalyzersOptions Analysis = new(
        new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false);

    /// <summary>The assembly of a source.</summary>
    /// <exception cref="InputException">It does not compile or breaks a rule; one line for each fault with file, line, column and text.</exception>
    public static CompiledStrategy Compile(StrategySource source, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(source);
        CSharpCompilation compilation = Prepare(source, cancel);
        Task<ImmutableArray<Diagnostic>> told = Task.Run(() => compilation.WithAnalyzers(Analyzers, Analysis).GetAllDiagnosticsAsync(cancel), cancel);
        using MemoryStream assembly = new(), symbols = new();
        ImmutableArray<Diagnostic> emitted = Emit(compilation, assembly, symbols, cancel);
        Diagnostic[] faults = ErrorsOf(told.GetAwaiter().GetResult());
        // What the author wrote is judged as it was written; the text with the counts has nothing to add, as a rule.
        if (faults.Length == 0) faults = ErrorsOf(emitted);
        if (faults.Length > 0) throw new InputException(CompileFaults.Describe(faults));
        return new(assembly.ToArray(), symbols.ToArray());
    }

    /// <summary>The docstrings of a source that compiles, as the XML that a compiler writes beside an assembly.</summary>
    public static string Document(StrategySource source, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(source);
        using MemoryStream assembly = new(), words = new();
        Prepare(source, cancel).Emit(assembly, xmlDocumentationStream: words, options: new EmitOptions(metadataOnly: true), cancellationToken: cancel);
        return Encoding.UTF8.GetString(words.ToArray());
    }

    /// <summary>Compiles the same text with its rounds counted, so that a call which would never end fails instead.</summary>
    private static ImmutableArray<Diagnostic> Emit(CSharpCompilation compilation, Stream assembly, Stream symbols, CancellationToken cancel)
    {
        CSharpCompilation counted = compilation;
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(tree => tree != Usings))
        {
            if (tree.GetDiagnostics(cancel).Any(each => each.Severity == DiagnosticSeverity.Error)) return [];
            counted = counted.ReplaceSyntaxTree(tree, RoundCounter.Rewrite(tree, compilation, cancel));
        }
        return counted.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb), cancellationToken: cancel).Diagnostics;
    }

    private static Diagnostic[] ErrorsOf(IEnumerable<Diagnostic> all) => [.. all.Where(each => each.Severity == DiagnosticSeverity.Error)];

    private static CSharpCompilation Prepare(StrategySource source, CancellationToken cancel)
    {
        IEnumerable<SyntaxTree> trees = source.Files.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, Encoding.UTF8), Parsing, file.Path, cancel));
        return CSharpCompilation.Create($"{Path.GetFileNameWithoutExtension(source.Path)}-{source.Hash[..12]}", trees.Prepend(Usings), ProgramReferences.All, Options);
    }
}

/// <summary>What the compiler made of a source.</summary>
/// <param name="Symbols">Line numbers, for what the code throws.</param>
public sealed record CompiledStrategy(byte[] Assembly, byte[] Symbols);
