using System.Runtime.CompilerServices;

namespace Tradewind.App.Tests.Support;

/// <summary>The real data beside the checkout.</summary>
internal static class RealData
{
    /// <summary>The file; the test is skipped where it is absent.</summary>
    public static string Find(string file, [CallerFilePath] string thisFile = "")
    {
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../shared/data", file));
        Assert.SkipUnless(File.Exists(path), $"The real data file {file} is not beside this checkout (../shared/data).");
        return path;
    }
}
