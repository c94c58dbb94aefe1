using System.Globalization;
using System.Text;

namespace Tradewind.App.Tests.Support;

/// <summary>Small made-up files.</summary>
internal static class Samples
{
    public const string BarHeader = "timestamp,open,high,low,close,volume";

    /// <summary>Minute bars in waves on the quarter grid of ES, from a Tuesday's session.</summary>
    public static string Bars(int count)
    {
        var text = new StringBuilder(BarHeader).Append('\n');
        double close = 5000;
        for (int i = 0; i < count; i++)
        {
            double open = close;
            close = 5000 + Math.Round(Math.Sin(i / 17.0) * 80) * 0.25 + i % 7 * 0.25;
            text.Append(CultureInfo.InvariantCulture, $"{Time(i)},{open},{Math.Max(open, close) + 0.5},{Math.Min(open, close) - 0.5},{close},{100 + i % 13}\n");
        }
        return text.ToString();
    }

    public static string Trades(int count)
    {
        var text = new StringBuilder("timestamp,price,size\n");
        for (int i = 0; i < count; i++) text.Append(CultureInfo.InvariantCulture, $"{Time(i, 5)},{5000 + Math.Round(Math.Sin(i / 50.0) * 40) * 0.25},{1 + i % 3}\n");
        return text.ToString();
    }

    public static string Quotes(int count)
    {
        var text = new StringBuilder("timestamp,bid,ask\n");
        for (int i = 0; i < count; i++)
        {
            double bid = 5000 + Math.Round(Math.Sin(i / 50.0) * 40) * 0.25;
            text.Append(CultureInfo.InvariantCulture, $"{Time(i, 5)},{bid},{bid + 0.25}\n");
        }
        return text.ToString();
    }

    private static string Time(int index, int seconds = 60) =>
        new DateTime(2024, 3, 5, 15, 0, 0, DateTimeKind.Utc).AddSeconds((double)index * seconds).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
