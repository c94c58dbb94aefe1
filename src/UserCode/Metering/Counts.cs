using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tradewind.Core.Strategies;

namespace Tradewind.UserCode.Metering;

/// <summary>Makes the counts of one file, each with its place. None of them brings a new line.</summary>
/// <param name="tree">As the user wrote it. Only the file's name is in a place: a replay compiles the same text in another folder, and says the same.</param>
internal sealed class Counts(SyntaxTree tree)
{
    private const string Meter = "global::Tradewind.Core.Strategies." + nameof(CallMeter);

    /// <summary>A name in the author's functions that no author takes.</summary>
    private const string Left = "__roundsLeft";

    private static readonly ExpressionSyntax Nothing = SyntaxFactory.ParseExpression("default!");

    private readonly string _file = Path.GetFileName(tree.FilePath);

    /// <summary>A statement that a loop goes through in each round.</summary>
    /// <param name="isResumed">The function cannot keep where its rounds are counted.</param>
    public BlockSyntax Head(StatementSyntax loop, StatementSyntax body, bool isResumed)
    {
        SyntaxToken at = loop.GetFirstToken();
        StatementSyntax count = SyntaxFactory.ParseStatement(isResumed ? $"{Call(nameof(CallMeter.Spend), at)};" : $"if (--{Left} < 0) throw {Call(nameof(CallMeter.RunOut), at)};");
        return body is BlockSyntax block && loop is not GotoStatementSyntax ? block.WithStatements(block.Statements.Insert(0, count)) : SyntaxFactory.Block(count, body);
    }

    /// <summary>The body of a function.</summary>
    /// <param name="name">Where the function is.</param>
    /// <param name="hasLoops">It keeps where its rounds are counted.</param>
    public BlockSyntax Enter(SyntaxToken name, BlockSyntax body, bool hasLoops) => body.WithStatements(body.Statements.Insert(0, hasLoops
        ? SyntaxFactory.ParseStatement($"ref long {Left} = ref {Call(nameof(CallMeter.EnterLoops), name)};")
        : Entry(name)));

    /// <summary>A body in place of an arrow.</summary>
    /// <param name="givesNothing">The function has no result.</param>
    public BlockSyntax Enter(SyntaxToken name, ArrowExpressionClauseSyntax arrow, SyntaxToken end, bool givesNothing) => Braced(Enter(name, arrow.Expression, givesNothing), arrow.ArrowToken, end);

    /// <inheritdoc cref="Enter(SyntaxToken, ArrowExpressionClauseSyntax, SyntaxToken, bool)"/>
    public BlockSyntax Enter(SyntaxToken name, ExpressionSyntax result, bool givesNothing) => SyntaxFactory.Block(Entry(name), result switch
    {
        ThrowExpressionSyntax thrown => SyntaxFactory.ThrowStatement(Spaced(SyntaxKind.ThrowKeyword), thrown.Expression, SyntaxFactory.Token(SyntaxKind.SemicolonToken)),
        _ when givesNothing => SyntaxFactory.ExpressionStatement(result),
        _ => SyntaxFactory.ReturnStatement(Spaced(SyntaxKind.ReturnKeyword), result, SyntaxFactory.Token(SyntaxKind.SemicolonToken)),
    });

    /// <summary>The getter in place of a property's arrow.</summary>
    public AccessorListSyntax Getter(SyntaxToken name, ArrowExpressionClauseSyntax arrow, SyntaxToken end)
    {
        AccessorDeclarationSyntax getter = SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, Enter(name, arrow.Expression, givesNothing: false));
        return SyntaxFactory.AccessorList(Like(arrow.ArrowToken, SyntaxKind.OpenBraceToken), SyntaxFactory.SingletonList(getter), Like(end, SyntaxKind.CloseBraceToken));
    }

    /// <summary>An object that is made only after the entry was counted.</summary>
    public ExpressionSyntax Enter(SyntaxToken name, ExpressionSyntax creation) => SyntaxFactory.ParenthesizedExpression(
        SyntaxFactory.ConditionalExpression(SyntaxFactory.ParseExpression(Call(nameof(CallMeter.Enter), name)), creation, Nothing));

    private StatementSyntax Entry(SyntaxToken name) => SyntaxFactory.ParseStatement($"{Call(nameof(CallMeter.Enter), name)};");

    private string Call(string what, SyntaxToken at) => $"{Meter}.{what}({SymbolDisplay.FormatLiteral($"{_file}:{tree.GetLineSpan(at.Span).StartLinePosition.Line + 1}", quote: true)})";

    private static BlockSyntax Braced(BlockSyntax block, SyntaxToken begin, SyntaxToken end) =>
        block.WithOpenBraceToken(Like(begin, SyntaxKind.OpenBraceToken)).WithCloseBraceToken(Like(end, SyntaxKind.CloseBraceToken));

    /// <summary>Another token with the comments and new lines around this one.</summary>
    private static SyntaxToken Like(SyntaxToken token, SyntaxKind kind) => SyntaxFactory.Token(token.LeadingTrivia, kind, token.TrailingTrivia);

    private static SyntaxToken Spaced(SyntaxKind kind) => SyntaxFactory.Token(default, kind, SyntaxFactory.TriviaList(SyntaxFactory.Space));
}
