using System.Text.RegularExpressions;

namespace Tradewind.Architecture.Tests;

/// <summary>What every source file keeps to, read from the files themselves.</summary>
public sealed partial class TidyTests
{
    private const int MaxFileLines = 300;
    private const int MaxFunctionLines = 40;

    // Being changed: these are held to a wider limit until they are split.
    private const int WideFileLines = 400;
    private static readonly string[] BeingChanged = ["src/Core/Engine/Engine.cs", "src/Core/Strategies/StrategySlot.cs", "src/Live/Sync/AccountSynchroniser.cs"];

    // Files that are longer for a reason, with the length they may have. The list may only shrink.
    private static readonly Dictionary<string, int> LongFiles = [];

    // Functions that are longer for a reason, as Namespace.Type.Method, with the length they may have. The list may only shrink.
    private static readonly Dictionary<string, int> LongFunctions = [];

    // Words are put together here, so that this file does not find itself.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception", "#reg" + "ion", "XX" + "X"];

    private static readonly string[] Waiting = ["Thread." + "Sleep", "Task." + "Delay"];

    private static IEnumerable<SourceFile> CSharp => Repository.FilesEndingIn(".cs");

    [Fact]
    public void FilesAreShort()
    {
        Dictionary<string, int> lengths = CSharp.ToDictionary(file => file.Path, file => file.Lines.Count);

        AssertShort(lengths, LongFiles, path => BeingChanged.Contains(path) ? WideFileLines : MaxFileLines);
    }

    [Fact]
    public void FunctionsAreShort()
    {
        Dictionary<string, int> lengths = Metadata.SourceAssemblies.SelectMany(FunctionLength.ReadAll)
            .GroupBy(function => function.Name)
            .ToDictionary(overloads => overloads.Key, overloads => overloads.Max(function => function.Lines));

        Assert.NotEmpty(lengths);
        AssertShort(lengths, LongFunctions, _ => MaxFunctionLines);
    }

    [Fact]
    public void NothingIsLeftUnfinished() => AssertNone("What is not built yet is absent, not announced:", CSharp, line => Unfinished.Any(word => Regex.IsMatch(line, $@"(?<!\w){Regex.Escape(word)}\b")));

    [Fact]
    public void NoTestWaitsForTimeToPass() =>
        AssertNone("A test waits for a condition with a cancellation, never for time:", CSharp.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal)), line => Waiting.Any(word => line.Contains(word, StringComparison.Ordinal)));

    [Fact]
    public void NoTestIsSwitchedOffInItsAttribute() => AssertNone("A test that cannot run here skips itself with a reason:", CSharp, line => SwitchedOff().IsMatch(line));

    [Fact]
    public void NoFileHasMarksOfAMerge() => AssertNone("A merge is finished before it is committed:", Repository.Files, line => line.StartsWith("<<<<" + "<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>" + ">>> ", StringComparison.Ordinal));

    [Fact]
    public void NoFileHasTabs() => AssertNone("Indents are spaces:", Repository.Files, line => line.Contains('\t', StringComparison.Ordinal));

    [Fact]
    public void NoFileNamesAPlaceOnSomebodysMachine() => AssertNone("A path is relative to the repository or comes as an option:", Repository.Files, line => MachinePath().IsMatch(line));

    [Fact]
    public void NoLockFileOrConfigurationNamesARegistry() =>
        AssertNone("Where packages come from is the machine's business:", Repository.FilesEndingIn("packages.lock.json", "package-lock.json", ".csproj", ".props", ".config", ".slnx", "global.json", ".npmrc"), line => Address().IsMatch(line));

    [Fact]
    public void NoFileHoldsASecret() => AssertNone("Secrets come from the environment or a file that is not here:", Repository.Files, line => Secret().IsMatch(line));

    [Theory]
    [InlineData("POSTGRES_", "PASSWORD", "=secure_password")]
    [InlineData("POSTGRES_", "PASSWORD", "=secure_password # for tests")]
    [InlineData("string ", "ApiKey", " = \"abcd1234efgh\";")]
    [InlineData("\"", "apiKey", "\": \"abcd1234efgh\",")]
    [InlineData("", "password", " = \"hunter22hunter\"")]
    public void ASecretIsFoundInEachOfItsForms(string before, string name, string after) => Assert.Matches(Secret(), before + name + after);

    [Fact]
    public void AWarningIsSwitchedOffOnlyWithItsReason() =>
        AssertNone("Behind a warning that is switched off stands why, on the same line:", CSharp, line => line.Contains("#pragma " + "warning disable", StringComparison.Ordinal) && !line.Contains("// ", StringComparison.Ordinal));

    [Fact]
    public void NoTypeNameHidesWhatItDoes()
    {
        IEnumerable<string> names = Metadata.SourceAssemblies.SelectMany(file =>
        {
            using Metadata assembly = new(file);
            return assembly.WrittenTypes().Select(type => type.FullName).ToArray();
        });

        Faults.None("A type's name says what it does:", names.Where(name => VagueName().IsMatch(name)));
    }

    private static void AssertNone(string rule, IEnumerable<SourceFile> files, Func<string, bool> isFault) => Faults.None(rule, files.SelectMany(file => file.LinesWhere(isFault)));

    private static void AssertShort(Dictionary<string, int> lengths, Dictionary<string, int> exceptions, Func<string, int> limit)
    {
        Faults.None("Each file and function is one idea:", lengths.Where(item => item.Value > exceptions.GetValueOrDefault(item.Key, limit(item.Key))).Select(item => $"{item.Key}: {item.Value} lines, at most {exceptions.GetValueOrDefault(item.Key, limit(item.Key))}"));
        Faults.None("Exceptions only shrink:", exceptions.Where(item => lengths.GetValueOrDefault(item.Key) < item.Value).Select(item => $"{item.Key} has only {lengths.GetValueOrDefault(item.Key)} lines now: lower its exception, or take it off the list at {limit(item.Key)}"));
    }

    [GeneratedRegex(@"\[(Fact|Theory)\(.*Skip\s*=")]
    private static partial Regex SwitchedOff();

    [GeneratedRegex(@"(?<![\w.\-])/(?:work|root|home|tmp/\w+|Users)/\w")]
    private static partial Regex MachinePath();

    [GeneratedRegex("https?://")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?i)(password|secret|api_?key)\s*=\s*[^\s$<{(""'][^\s]{5,}(\s+#.*)?$|(password|passwd|secret|api_?key|token)[""']?\s*[=:]\s*[""']?(?=[a-z0-9+/_\-]*[0-9])(?=[a-z0-9+/_\-]*[a-z])[a-z0-9+/_\-]{12,}")]
    private static partial Regex Secret();

    [GeneratedRegex(@"(Manager|Helpers?|Utils?|Utilities|Utility|Impl)(?![a-z])")]
    private static partial Regex VagueName();
}
