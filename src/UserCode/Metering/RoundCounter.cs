using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tradewind.UserCode.Metering;

/// <summary>
/// Puts a count at the head of each loop's body, before each <c>goto</c> and at the entry of each function, so that code which would never end fails instead
/// (<see cref="Core.Strategies.CallMeter"/>). Each line keeps its number.
/// </summary>
/// <remarks>
/// The count stands outside every <c>try</c> of the body, and every way that leads round and round passes one. Finalizers are left as they are: the rules forbid them,
/// and nobody could catch what they throw.
/// </remarks>
internal sealed class RoundCounter : CSharpSyntaxRewriter
{
    private readonly SemanticModel _model;
    private readonly Counts _counts;
    private bool _isInInitializer;

    private RoundCounter(SemanticModel model, Counts counts) => (_model, _counts) = (model, counts);

    /// <summary>The same tree with the counts in it.</summary>
    /// <param name="compilation">The one that the tree is part of.</param>
    public static SyntaxTree Rewrite(SyntaxTree tree, CSharpCompilation compilation, CancellationToken cancel)
    {
        SyntaxNode root = new RoundCounter(compilation.GetSemanticModel(tree), new Counts(tree)).Visit(tree.GetRoot(cancel));
        return tree.WithRootAndOptions(root, tree.Options);
    }

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var loop = (ForStatementSyntax)base.VisitForStatement(node)!;
        return loop.WithStatement(_counts.Head(node, loop.Statement));
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var loop = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return loop.WithStatement(_counts.Head(node, loop.Statement));
    }

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        var loop = (ForEachVariableStatementSyntax)base.VisitForEachVariableStatement(node)!;
        return loop.WithStatement(_counts.Head(node, loop.Statement));
    }

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var loop = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return loop.WithStatement(_counts.Head(node, loop.Statement));
    }

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
    {
        var loop = (DoStatementSyntax)base.VisitDoStatement(node)!;
        return loop.WithStatement(_counts.Head(node, loop.Statement));
    }

    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) => _counts.Head(node, (StatementSyntax)base.VisitGotoStatement(node)!);

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var method = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        if (method.Body is { } body) return method.WithBody(_counts.Enter(node.Identifier, body));
        if (method.ExpressionBody is not { } arrow) return method;
        return method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.Identifier, arrow, method.SemicolonToken, GivesNothing(_model.GetDeclaredSymbol(node))));
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var function = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        if (function.Body is { } body) return function.WithBody(_counts.Enter(node.Identifier, body));
        if (function.ExpressionBody is not { } arrow) return function;
        return function.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.Identifier, arrow, function.SemicolonToken, GivesNothing(_model.GetDeclaredSymbol(node) as IMethodSymbol)));
    }

    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        var constructor = (ConstructorDeclarationSyntax)base.VisitConstructorDeclaration(node)!;
        if (constructor.Body is { } body) return constructor.WithBody(_counts.Enter(node.Identifier, body));
        if (constructor.ExpressionBody is not { } arrow) return constructor;
        return constructor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.Identifier, arrow, constructor.SemicolonToken, givesNothing: true));
    }

    public override SyntaxNode? VisitOperatorDeclaration(OperatorDeclarationSyntax node)
    {
        var made = (OperatorDeclarationSyntax)base.VisitOperatorDeclaration(node)!;
        if (made.Body is { } body) return made.WithBody(_counts.Enter(node.OperatorToken, body));
        if (made.ExpressionBody is not { } arrow) return made;
        return made.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.OperatorToken, arrow, made.SemicolonToken, GivesNothing(_model.GetDeclaredSymbol(node))));
    }

    public override SyntaxNode? VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node)
    {
        var conversion = (ConversionOperatorDeclarationSyntax)base.VisitConversionOperatorDeclaration(node)!;
        if (conversion.Body is { } body) return conversion.WithBody(_counts.Enter(node.OperatorKeyword, body));
        if (conversion.ExpressionBody is not { } arrow) return conversion;
        return conversion.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.OperatorKeyword, arrow, conversion.SemicolonToken, givesNothing: false));
    }

    public override SyntaxNode? VisitDestructorDeclaration(DestructorDeclarationSyntax node) => node;

    public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node)
    {
        var accessor = (AccessorDeclarationSyntax)base.VisitAccessorDeclaration(node)!;
        if (accessor.Body is { } body) return accessor.WithBody(_counts.Enter(node.Keyword, body));
        if (accessor.ExpressionBody is not { } arrow) return accessor;
        return accessor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.Keyword, arrow, accessor.SemicolonToken, givesNothing: !node.IsKind(SyntaxKind.GetAccessorDeclaration)));
    }

    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        var property = (PropertyDeclarationSyntax)base.VisitPropertyDeclaration(node)!;
        return property.ExpressionBody is { } arrow ? property.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(_counts.Getter(node.Identifier, arrow, property.SemicolonToken)) : property;
    }

    public override SyntaxNode? VisitIndexerDeclaration(IndexerDeclarationSyntax node)
    {
        var indexer = (IndexerDeclarationSyntax)base.VisitIndexerDeclaration(node)!;
        return indexer.ExpressionBody is { } arrow ? indexer.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(_counts.Getter(node.ThisKeyword, arrow, indexer.SemicolonToken)) : indexer;
    }

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
    {
        AnonymousMethodExpressionSyntax method = Apart(() => (AnonymousMethodExpressionSyntax)base.VisitAnonymousMethodExpression(node)!);
        return method.WithBlock(_counts.Enter(node.DelegateKeyword, method.Block));
    }

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) =>
        IsData(node) ? node : WithCount(node, Apart(() => (SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!));

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) =>
        IsData(node) ? node : WithCount(node, Apart(() => (ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!));

    // What runs before the body of a constructor does: an object that makes another of its own kind there never comes to an entry.

    public override SyntaxNode? VisitEqualsValueClause(EqualsValueClauseSyntax node) =>
        node.Parent is PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } ? InInitializer(() => base.VisitEqualsValueClause(node)) : base.VisitEqualsValueClause(node);

    public override SyntaxNode? VisitConstructorInitializer(ConstructorInitializerSyntax node) => InInitializer(() => base.VisitConstructorInitializer(node));

    public override SyntaxNode? VisitPrimaryConstructorBaseType(PrimaryConstructorBaseTypeSyntax node) => InInitializer(() => base.VisitPrimaryConstructorBaseType(node));

    public override SyntaxNode? VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        var creation = (ExpressionSyntax)base.VisitObjectCreationExpression(node)!;
        return _isInInitializer && IsOfFile(node) ? _counts.Enter(node.NewKeyword, creation) : creation;
    }

    public override SyntaxNode? VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        var creation = (ExpressionSyntax)base.VisitImplicitObjectCreationExpression(node)!;
        return _isInInitializer && node.Parent is EqualsValueClauseSyntax && IsOfFile(node) ? _counts.Enter(node.NewKeyword, creation) : creation;
    }

    private LambdaExpressionSyntax WithCount(LambdaExpressionSyntax node, LambdaExpressionSyntax lambda)
    {
        if (lambda.Block is { } block) return lambda.WithBlock(_counts.Enter(node.ArrowToken, block));
        if (_model.GetSymbolInfo(node).Symbol is not IMethodSymbol method) return lambda;
        return lambda.WithExpressionBody(null).WithBlock(_counts.Enter(node.ArrowToken, lambda.ExpressionBody!, GivesNothing(method)));
    }

    /// <summary>A lambda that the compiler makes an expression tree of: it is never run as it stands.</summary>
    private bool IsData(LambdaExpressionSyntax node) =>
        _model.GetTypeInfo(node).ConvertedType is INamedTypeSymbol { Name: "Expression", ContainingNamespace: { Name: "Expressions", ContainingNamespace.Name: "Linq" } };

    private bool IsOfFile(ExpressionSyntax creation) => _model.GetTypeInfo(creation).Type?.Locations.Any(each => each.IsInSource) == true;

    private static bool GivesNothing(IMethodSymbol? method) => method is null || method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 });

    private T Apart<T>(Func<T> visit) => Visit(visit, isInInitializer: false);

    private T InInitializer<T>(Func<T> visit) => Visit(visit, isInInitializer: true);

    private T Visit<T>(Func<T> visit, bool isInInitializer)
    {
        bool before = _isInInitializer;
        _isInInitializer = isInInitializer;
        T visited = visit();
        _isInInitializer = before;
        return visited;
    }
}
