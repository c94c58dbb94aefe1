using System.Diagnostics;
using System.Globalization;

namespace Tradewind.App.Terminal;

/// <summary>One line on the terminal that says how far the work is; nothing where the output goes to a file, and nothing for quick work.</summary>
/// <param name="unit">What is counted: "bars".</param>
internal sealed class ProgressLine(Surroundings around, string unit)
{
    private const int BarWidth = 24;
    private static readonly TimeSpan QuickWork = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _shownAt;

    private bool WasShown => _shownAt != 0;

    public void Show(long done, long total)
    {
        if (!around.IsErrorTerminal || Stopwatch.GetElapsedTime(_start) < QuickWork) return;
        if (WasShown && Stopwatch.GetElapsedTime(_shownAt) < Refresh) return;
        Write(done, total);
    }

    /// <summary>Leaves the last state standing.</summary>
    public void Finish(long total)
    {
        if (!WasShown) return;
        Write(total, total);
        around.Error.WriteLine();
    }

    private void Write(long done, long total)
    {
        _shownAt = Stopwatch.GetTimestamp();
        double share = (double)done / total;
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        double left = share > 0 ? seconds / share - seconds : 0;
        int full = (int)(share * BarWidth);
        around.Error.Write(string.Create(CultureInfo.InvariantCulture,
            $"\rRunning  {new string('█', full)}{new string('░', BarWidth - full)} {share,5:P0}  {done / seconds / 1e6:F1} million {unit} a second  {left:F1} s left "));
    }
}
