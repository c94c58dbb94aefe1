using System.Reflection;
using Tradewind.Core.Strategies;

namespace Tradewind.UserCode.Tests;

/// <summary>Counting changes neither what code gives nor which line it names, however it is written.</summary>
public sealed class CountedSyntaxTests : IDisposable
{
    private readonly Drawer _drawer = new();

    /// <summary>Expressions, each with what C# makes of it.</summary>
    public static TheoryData<string, object> Same => new()
    {
        { "Six", 6 }, { "Twice(4)", 8 }, { "One(2)", 3 }, { "this[5]", 10 }, { "this[\"ab\"]", 2 }, { "(int)new Box(7)", 7 }, { "(new Box(1) + new Box(2)).Value", 3 }, { "((Box)9).Value", 9 },
        { "Sum(x => x + 1)", 9 }, { "Sum((int x) => { if (x > 2) return 0; return x; })", 3 }, { "Sum(delegate(int x) { return x; })", 6 }, { "Sum(static int (int x) => -x)", -6 },
        { "Both(() => 5)", 5 }, { "Both(() => { })", -1 }, { "Both(() => Twice(1))", 2 }, { "Both(() => Nothing())", -1 }, { "Infer(() => 2.5)", 2.5 }, { "Infer(() => new { A = 3 }.A)", 3 },
        { "Tree(x => x > 1)", "x => (x > 1)" }, { "Fallen(() => throw new InvalidOperationException(\"thrown\"))", "thrown" }, { "Fails(-1)", "below" },
        { "string.Join(',', Numbers(3))", "0,1,2" }, { "string.Join(',', from n in Numbers(4) where n % 2 == 0 select n * 10)", "0,20" }, { "Jump(3)", 6 }, { "Cases(1)", "1,2,3" }, { "Nested(3)", 9 },
        { "Least([3, 1, 2])", 1 }, { "Highest(1, 5)", 5 }, { "Later().IsCompletedSuccessfully", true }, { "Work().IsCompletedSuccessfully", true }, { "Local(4)", 24 }, { "new Made().Inner.Value", 4 }, { "new Made { Later = 8 }.Later", 8 },
        { "new Base(new Box(3)).First", 3 }, { "default(Plain).Count", 0 }, { "new Plain(2).Doubled", 4 }, { "(new Rec(1, 2) with { B = 5 }).Total", 6 }, { "((IDefault)new Plain(1)).Word()", "default" },
        { "Pattern(new Rec(0, 3))", "zero" }, { "Loops()", 55 }, { "Checked()", 3 }, { "Captured()", 10 }, { "Directed()", 3 }, { "Recorded", 1 }, { "Generic<string>(null)", true }, { "\"abc\".Long", 3 },
    };

    public void Dispose() => _drawer.Dispose();

    [Theory]
    [MemberData(nameof(Same))]
    public void WhatIsComputedIsTheSame(string expression, object expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("[M((short)8)] int Bad()\n            =>\n                Fail() + 1;", "Bad()", 2)]
    [InlineData("[M((short)8)] int Bad() { for (;;)\n{\n return Fail() + 1; } }", "Bad()", 2)]
    [InlineData("int Bad\n{ [M((short)8)] get\n=> Fail() + 1; }", "Bad", 2)]
    [InlineData("int Bad { [M((short)8)] get\n{ while (true)\n\n  return Fail() + 1; } }", "Bad", 3)]
    [InlineData("[M((short)8)] int Bad() { Func<int> f =\n() =>\n Fail(); return f(); }", "Bad()", 2)]
    [InlineData("[M((short)8)] int Bad() { int n = 0; while (n < 3) n++; // one\n/* two */ return Fail(); }", "Bad()", 1)]
    public void TheLineOfAFailureIsTheAuthors(string member, string call, int below)
    {
        // Not put into another function, so that each has a line in the trace.
        string text = $"using M = System.Runtime.CompilerServices.MethodImplAttribute; public sealed class A : Strategy\n{{\nprotected override void OnBar(in Bar bar) => _ = {call};\nint Fail() => throw new InvalidOperationException(\"x\");\n{member}\n}}";
        using StrategyFile file = _drawer.Open(text);

        string trace = Drawer.Backtest(file.Find(null), 3).Strategy(0).Failure!.StackTrace!;

        Assert.Contains("My.cs:line 4", trace, StringComparison.Ordinal);
        Assert.Contains($"My.cs:line {5 + below}", trace, StringComparison.Ordinal);
        Assert.Contains("My.cs:line 3", trace, StringComparison.Ordinal);
    }

    private object? Evaluate(string expression)
    {
        using StrategyFile file = _drawer.Open(Text.Replace("EXPRESSION", expression, StringComparison.Ordinal));
        MethodInfo evaluate = file.Find("sink").Type.GetMethod("Evaluate")!;
        using CallMeter.Call call = CallMeter.Begin(CallMeter.DefaultRounds);
        return evaluate.Invoke(Activator.CreateInstance(file.Find("sink").Type), null);
    }

    private const string Text = """
        using System.Linq.Expressions;
        using System.Threading.Tasks;
        public sealed class Sink : Strategy
        {
            protected override void OnBar(in Bar bar) { }
            public object? Evaluate() => EXPRESSION;
            private readonly Box _box = new(4);
            private event Action? Changed { add => _raised++; remove { _raised--; } }
            private int _raised;
            private int Six => 6;
            private int Recorded { get { Changed += Nothing; return _raised; } }
            private int this[int index] => index * 2;
            private int this[string key] { get => key.Length; set => _raised = value; }
            private static int Twice(int x) { return 2 * x; }
            private int One(int x) => x switch { 1 => 2, _ when x > 1 => x + 1, _ => throw new InvalidOperationException() };
            private static void Nothing() => _ = 1;
            private static int Sum(Func<int, int> of) => of(1) + of(2) + of(3);
            private static int Both(Func<int> f) => f();
            private static int Both(Action f) { f(); return -1; }
            private static T Infer<T>(Func<T> f) => f();
            private static string Tree(Expression<Func<int, bool>> tree) => tree.ToString();
            private static string Fallen(Func<int> f) { try { return f().ToString(); } catch (InvalidOperationException e) { return e.Message; } }
            private static string Fails(int x) { try { return Positive(x).ToString(); } catch (ArgumentException e) { return e.Message; } static int Positive(int x) => x > 0 ? x : throw new ArgumentException("below"); }
            private static IEnumerable<int> Numbers(int count) { for (int i = 0; i < count; i++) yield return i; while (false) { } }
            private static int Jump(int n) { int sum = 0; again: if (n > 0) { sum += n--; goto again; } return sum; }
            private static string Cases(int n) { List<int> seen = []; switch (n) { case 1: seen.Add(1); goto case 2; case 2: seen.Add(2); goto default; default: seen.Add(3); break; } return string.Join(',', seen); }
            private static int Nested(int n) { int c = 0; for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) c++; return c; }
            private static ref int Smallest(int[] all) { int at = 0; for (int i = 1; i < all.Length; i++) if (all[i] < all[at]) at = i; return ref all[at]; }
            private static int Least(int[] all) { ref int least = ref Smallest(all); return least; }
            private static ref readonly int Higher(in int a, in int b) => ref a > b ? ref a : ref b;
            private static int Highest(int a, int b) => Higher(in a, in b);
            private static async Task<int> Later() { for (int i = 0; i < 3; i++) await Task.CompletedTask; return await Task.FromResult(1); }
            private static async Task Work() => await Later();
            private static int Local(int n) { return Inner(n); int Inner(int m) { int product = 1; do { product *= m; } while (--m > 0); return product; } }
            private static string Pattern(Rec r) => r is { A: 0 } ? "zero" : r is (1, _) ? "one" : "many";
            private static int Loops() { int sum = 0; foreach (int i in Enumerable.Range(1, 10)) { if (i % 2 == 0) continue; sum += i; } foreach (var (a, b) in new[] { (1, 2), (3, 4) }) { sum += a + b; if (sum > 1000) break; } int k = 20; while (k --> 0) sum++; return sum; }
            private static int Checked() { checked { int n = 0; for (; n < 3; n++) ; return n; } }
            private static int Captured() { int sum = 0; Action<int> add = i => { for (int j = 0; j < i; j++) sum++; }; for (int i = 0; i < 5; i++) { add(i); } return sum; }
            private static int Directed()
            {
        #if NEVER
                while (true) { }
        #endif
                int n = 0;
                while (n < 3)
                {
        #pragma warning disable CS0168 // for a try
                    n++;
        #pragma warning restore CS0168
                }
                return n;
            }
            private static bool Generic<T>(T? value) where T : class => value is null;
            private sealed class Box(int value) { public int Value => value; public static Box operator +(Box a, Box b) => new(a.Value + b.Value); public static explicit operator int(Box b) => b.Value; public static explicit operator Box(int v) { return new Box(v); } }
            private class First0(Box box) { public int First { get; } = box.Value; }
            private sealed class Base(Box box) : First0(new Box(box.Value));
            private sealed class Made { public Box Inner = new Box(4), Other = new(5); public int Later { get; init; } = Twice(1); public Made() : this(new Box(1)) { } private Made(Box b) => Inner = new Box(b.Value + 3); }
            private interface IDefault { string Word() => "default"; }
            private readonly struct Plain(int count) : IDefault { public int Count { get; } = count; public int Doubled { get { return Count * 2; } } }
            private sealed record Rec(int A, int B) { public int Total => A + B; }
        }
        public static class Extensions { extension(string text) { public int Long => text.Length; } }
        """;
}
