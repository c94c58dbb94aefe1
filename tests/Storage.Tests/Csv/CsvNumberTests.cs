using System.Globalization;
using System.Text;
using Tradewind.Storage.Csv;

namespace Tradewind.Storage.Tests.Csv;

/// <summary>Text becomes the nearest double, whatever way it is read. The platform's own parser, which is correctly rounded, is the judge.</summary>
public sealed class CsvNumberTests
{
    [Fact]
    public void RandomDecimalsBecomeTheNearestDouble()
    {
        var random = new Random(20260101);
        for (int i = 0; i < 300_000; i++) AssertNearest(RandomDecimal(random));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("0.1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("9007199254740992")] // 2^53
    [InlineData("9007199254740993")] // halfway between two doubles
    [InlineData("9007199254740993.0000000000000001")] // just above halfway
    [InlineData("900719925474099.3")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("4.9406564584124654E-324")]
    [InlineData("2.2250738585072011e-308")] // a number that once hung well-known parsers
    [InlineData("0.000000000000000000000000000000000012345")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e5")]
    [InlineData("1E-5")]
    [InlineData("0000000000000000000000001.5")]
    public void HardNumbersBecomeTheNearestDouble(string text) => AssertNearest(text);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    [InlineData("1 000")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("12a")]
    public void WhatIsNoNumberIsNotRead(string text)
    {
        int position = 0;
        byte[] bytes = Encoding.UTF8.GetBytes(text + ",\n");
        Assert.False(CsvNumber.TryRead(bytes, ref position, out _) && bytes[position] == ',');
        Assert.False(CsvNumber.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    private static void AssertNearest(string text)
    {
        double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        int position = 0;
        Assert.True(CsvNumber.TryRead(Encoding.UTF8.GetBytes(text + ",\n"), ref position, out double value), text);
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
        Assert.Equal(text.Length, position);
    }

    private static string RandomDecimal(Random random)
    {
        var text = new StringBuilder();
        if (random.Next(8) == 0) text.Append('-');
        int whole = random.Next(random.Next(2) == 0 ? 8 : 24);
        for (int i = 0; i < whole; i++) text.Append((char)('0' + random.Next(10)));
        if (whole == 0) text.Append('0');
        int decimals = random.Next(random.Next(2) == 0 ? 6 : 24);
        if (decimals > 0) text.Append('.');
        for (int i = 0; i < decimals; i++) text.Append((char)('0' + random.Next(10)));
        if (random.Next(10) == 0) text.Append(CultureInfo.InvariantCulture, $"e{random.Next(-40, 40)}");
        return text.ToString();
    }
}
