using System.Text.RegularExpressions;
using Tradewind.Core.Engine;

namespace Tradewind.Architecture.Tests;

/// <summary>docs/formats.md gives the meaning of every number that a journal holds.</summary>
public sealed partial class KindsDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("docs/formats.md"));

    [Theory]
    [InlineData("| 7 | broker event |", typeof(BrokerEventKind))]
    [InlineData("| 8 | command |", typeof(CommandKind))]
    [InlineData("| 9 | feed event |", typeof(FeedEventKind))]
    [InlineData("| 10 | account event |", typeof(AccountEventKind))]
    public void EveryKindHasItsNumber(string row, Type kinds)
    {
        string list = Lines.Single(line => line.StartsWith(row, StringComparison.Ordinal)).Split("u8 kind (")[1].Split(')')[0];

        Assert.Equal(Numbers(kinds), Number().Matches(list).Select(match => Convert.ToInt64(match.Value, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void EveryKindOfInputHasItsRow() => Assert.Equal(Numbers(typeof(InputKind)),
        Lines.SkipWhile(line => !line.StartsWith("| kind | | fields |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.Length > 0)
            .Select(line => Convert.ToInt64(Number().Match(line).Value, System.Globalization.CultureInfo.InvariantCulture)));

    private static IEnumerable<long> Numbers(Type kinds) => Enum.GetValuesAsUnderlyingType(kinds).Cast<byte>().Select(value => (long)value).Where(value => value > 0).Order();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
