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
    private Place _function;

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
        return loop.WithStatement(Head(node, loop.Statement));
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var loop = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return loop.WithStatement(Head(node, loop.Statement));
    }

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        var loop = (ForEachVariableStatementSyntax)base.VisitForEachVariableStatement(node)!;
        return loop.WithStatement(Head(node, loop.Statement));
    }

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var loop = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return loop.WithStatement(Head(node, loop.Statement));
    }

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
    {
        var loop = (DoStatementSyntax)base.VisitDoStatement(node)!;
        return loop.WithStatement(Head(node, loop.Statement));
    }

    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) => Head(node, (StatementSyntax)base.VisitGotoStatement(node)!);

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        (MethodDeclarationSyntax method, bool hasLoops) = Function(node, () => (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!);
        if (method.Body is { } body) return method.WithBody(_counts.Enter(node.Identifier, body, hasLoops));
        if (method.ExpressionBody is not { } arrow) return method;
        return method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.Identifier, arrow, method.SemicolonToken, GivesNothing(_model.GetDeclaredSymbol(node))));
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        (LocalFunctionStatementSyntax function, bool hasLoops) = Function(node, () => (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!);
        if (function.Body is { } body) return function.WithBody(_counts.Enter(node.Identifier, body, hasLoops));
        if (function.ExpressionBody is not { } arrow) return function;
        return function.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.Identifier, arrow, function.SemicolonToken, GivesNothing(_model.GetDeclaredSymbol(node) as IMethodSymbol)));
    }

    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        (ConstructorDeclarationSyntax constructor, bool hasLoops) = Function(node, () => (ConstructorDeclarationSyntax)base.VisitConstructorDeclaration(node)!);
        if (constructor.Body is { } body) return constructor.WithBody(_counts.Enter(node.Identifier, body, hasLoops));
        if (constructor.ExpressionBody is not { } arrow) return constructor;
        return constructor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.Identifier, arrow, constructor.SemicolonToken, givesNothing: true));
    }

    public override SyntaxNode? VisitOperatorDeclaration(OperatorDeclarationSyntax node)
    {
        (OperatorDeclarationSyntax made, bool hasLoops) = Function(node, () => (OperatorDeclarationSyntax)base.VisitOperatorDeclaration(node)!);
        if (made.Body is { } body) return made.WithBody(_counts.Enter(node.OperatorToken, body, hasLoops));
        if (made.ExpressionBody is not { } arrow) return made;
        return made.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.OperatorToken, arrow, made.SemicolonToken, GivesNothing(_model.GetDeclaredSymbol(node))));
    }

    public override SyntaxNode? VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node)
    {
        (ConversionOperatorDeclarationSyntax conversion, bool hasLoops) = Function(node, () => (ConversionOperatorDeclarationSyntax)base.VisitConversionOperatorDeclaration(node)!);
        if (conversion.Body is { } body) return conversion.WithBody(_counts.Enter(node.OperatorKeyword, body, hasLoops));
        if (conversion.ExpressionBody is not { } arrow) return conversion;
        return conversion.WithExpressionBody(null).WithSemicolonToken(default).WithBody(_counts.Enter(node.OperatorKeyword, arrow, conversion.SemicolonToken, givesNothing: false));
    }

    public override SyntaxNode? VisitDestructorDeclaration(DestructorDeclarationSyntax node) => node;

    public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node)
    {
        (AccessorDeclarationSyntax accessor, bool hasLoops) = Function(node, () => (AccessorDeclarationSyntax)base.VisitAccessorDeclaration(node)!);
        if (accessor.Body is { } body) return accessor.WithBody(_counts.Enter(node.Keyword, body, hasLoops));
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
        (AnonymousMethodExpressionSyntax method, bool hasLoops) = Function(node, () => (AnonymousMethodExpressionSyntax)base.VisitAnonymousMethodExpression(node)!);
        return method.WithBlock(_counts.Enter(node.DelegateKeyword, method.Block, hasLoops));
    }

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) =>
        IsData(node) ? node : WithCount(node, () => (SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!);

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) =>
        IsData(node) ? node : WithCount(node, () => (ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!);

    // What runs before the body of a constructor does: an object that makes another of its own kind there never comes to an entry.

    public override SyntaxNode? VisitEqualsValueClause(EqualsValueClauseSyntax node) =>
        node.Parent is PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } ? Initializer(() => base.VisitEqualsValueClause(node)) : base.VisitEqualsValueClause(node);

    public override SyntaxNode? VisitConstructorInitializer(ConstructorInitializerSyntax node) => Initializer(() => base.VisitConstructorInitializer(node));

    public override SyntaxNode? VisitPrimaryConstructorBaseType(PrimaryConstructorBaseTypeSyntax node) => Initializer(() => base.VisitPrimaryConstructorBaseType(node));

    public override SyntaxNode? VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        var creation = (ExpressionSyntax)base.VisitObjectCreationExpression(node)!;
        return _function.IsInitializer && IsOfFile(node) ? _counts.Enter(node.NewKeyword, creation) : creation;
    }

    public override SyntaxNode? VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        var creation = (ExpressionSyntax)base.VisitImplicitObjectCreationExpression(node)!;
        return _function.IsInitializer && node.Parent is EqualsValueClauseSyntax && IsOfFile(node) ? _counts.Enter(node.NewKeyword, creation) : creation;
    }

    private LambdaExpressionSyntax WithCount(LambdaExpressionSyntax node, Func<LambdaExpressionSyntax> visit)
    {
        (LambdaExpressionSyntax lambda, bool hasLoops) = Function(node, visit);
        if (lambda.Block is { } block) return lambda.WithBlock(_counts.Enter(node.ArrowToken, block, hasLoops));
        if (_model.GetSymbolInfo(node).Symbol is not IMethodSymbol method) return lambda;
        return lambda.WithExpressionBody(null).WithBlock(_counts.Enter(node.ArrowToken, lambda.ExpressionBody!, GivesNothing(method)));
    }

    /// <summary>A lambda that the compiler makes an expression tree of: it is never run as it stands.</summary>
    private bool IsData(LambdaExpressionSyntax node) =>
        _model.GetTypeInfo(node).ConvertedType is INamedTypeSymbol { Name: "Expression", ContainingNamespace: { Name: "Expressions", ContainingNamespace.Name: "Linq" } };

    private bool IsOfFile(ExpressionSyntax creation) => _model.GetTypeInfo(creation).Type?.Locations.Any(each => each.IsInSource) == true;

    private static bool GivesNothing(IMethodSymbol? method) => method is null || method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 });

    private BlockSyntax Head(StatementSyntax loop, StatementSyntax body)
    {
        _function = _function with { HasLoops = true };
        return _counts.Head(loop, body, _function.IsResumed);
    }

    /// <returns>What was visited, and whether its loops count where its entry says.</returns>
    private (T Function, bool HasLoops) Function<T>(SyntaxNode node, Func<T> visit)
    {
        bool isResumed = node.DescendantNodes(each => each == node || !IsFunction(each)).Any(each => each is YieldStatementSyntax) || node.ChildTokens().Any(each => each.IsKind(SyntaxKind.AsyncKeyword));
        (Place before, _function) = (_function, new Place(isResumed, HasLoops: false, IsInitializer: false));
        T visited = visit();
        (Place inside, _function) = (_function, before);
        return (visited, inside.HasLoops && !isResumed);
    }

    private T Initializer<T>(Func<T> visit)
    {
        (Place before, _function) = (_function, new Place(IsResumed: false, HasLoops: false, IsInitializer: true));
        T visited = visit();
        _function = before;
        return visited;
    }

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    /// <param name="IsResumed">An iterator or async: it leaves in its middle and comes back, perhaps on another thread.</param>
    private readonly record struct Place(bool IsResumed, bool HasLoops, bool IsInitializer);
}
