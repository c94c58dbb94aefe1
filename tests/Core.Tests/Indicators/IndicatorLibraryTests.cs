using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Indicators;

public sealed class IndicatorLibraryTests
{
    [Theory]
    [InlineData("sma(20)", "sma(20)")]
    [InlineData(" SMA( 20 ) ", "sma(20)")]
    [InlineData("macd", "macd(12,26,9)")]
    [InlineData("macd(5)", "macd(5,26,9)")]
    [InlineData("bollinger(20,2.5)", "bollinger(20,2.5)")]
    [InlineData("trueRange", "trueRange")]
    [InlineData("truerange()", "trueRange")]
    [InlineData("sma(9) of rsi(14)", "sma(9) of rsi(14)")]
    [InlineData("sma(9) OF High", "sma(9) of high")]
    [InlineData("sma(9) of close", "sma(9)")]
    [InlineData("ema(5) of macd(12,26,9).signal", "ema(5) of macd(12,26,9).signal")]
    [InlineData("ema(5) of bollinger(20,2)", "ema(5) of bollinger(20,2).middle")]
    [InlineData("sma(2) of sma(3) of sma(4) of low", "sma(2) of sma(3) of sma(4) of low")]
    public void TextBecomesTheIndicatorOfThatName(string text, string name) => Assert.Equal(name, IndicatorLibrary.BuiltIn.Create(text).Name);

    [Theory]
    [InlineData("smaa(20)", "There is no indicator \"smaa\"; near names: sma")]
    [InlineData("quux(1)", "There is no indicator \"quux\"; tradewind indicators list shows all.")]
    [InlineData("sma(0)", "sma: period must be between 1 and 100000, found 0.")]
    [InlineData("sma(2.5)", "sma: period must be a whole number, found 2.5.")]
    [InlineData("sma(NaN)", "sma: period must be between 1 and 100000, found NaN.")]
    [InlineData("sma()", "sma needs its parameter period: write sma(period).")]
    [InlineData("sma(1,2)", "sma takes 1 parameter (sma(period)), found 2.")]
    [InlineData("trueRange(3)", "trueRange takes no parameters, found 1.")]
    [InlineData("macd(0,1,9)", "macd: fast must be between 1 and 100000, found 0; slow must be between 2 and 100000, found 1.")]
    [InlineData("macd(26,12,9)", "macd: fast must be below slow, found 26 and 12.")]
    [InlineData("sma(x)", "a number was expected at character 5, found \"x\"")]
    [InlineData("sma(20", "its parenthesis is not closed")]
    [InlineData("sma(20) rsi(14)", "\"rsi(14)\" is left over")]
    [InlineData("sma(20).value", "the output \"value\" is only named where another indicator reads it")]
    [InlineData("", "a name was expected at character 1")]
    [InlineData("sma(9) of macd(12,26,9).sinal", "macd has no output \"sinal\": it has macd, signal, histogram.")]
    [InlineData("sma(9) of rsi(14).signal", "rsi has a single output and none named \"signal\".")]
    [InlineData("atr(14) of rsi(14)", "atr reads whole bars and rsi(14) gives numbers")]
    public void AFaultyTextIsRefusedInOneSentenceThatSaysWhatIsWrong(string text, string expected)
    {
        string message = Assert.Throws<InputException>(() => IndicatorLibrary.BuiltIn.Create(text)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoIndicatorWithoutParametersIsNamedLikeAPrice() =>
        Assert.DoesNotContain(IndicatorLibrary.BuiltIn.All, each => Source.Named(each.Name) is not null && each.Parameters.Count == 0);

    [Fact]
    public void AnIndicatorOfTheUsersOwnIsFoundInItsAssembly()
    {
        IndicatorLibrary library = new(typeof(Doubled).Assembly);
        Assert.Equal("doubled(3) of high", library.Create("doubled(3) of high").Name);
        Assert.Throws<InputException>(() => IndicatorLibrary.BuiltIn.Create("doubled(3)"));
    }

    [Fact]
    public void TwoIndicatorsOfOneNameAreRefused()
    {
        string message = Assert.Throws<ArgumentException>(() => new IndicatorLibrary(typeof(Doubled).Assembly, typeof(Doubled).Assembly)).Message;
        Assert.Contains("Two indicators are named \"doubled\"", message, StringComparison.Ordinal);
    }

    [Indicator("doubled", "a test")]
    public sealed class Doubled([Range(1, 10)] int times, Source? source = null) : Indicator<double, double>(source, times)
    {
        protected override int OwnWarmUp => 1;

        protected override double Advance(in double state, in double input) => input * times;

        protected override double Read(in double state) => state;
    }
}
