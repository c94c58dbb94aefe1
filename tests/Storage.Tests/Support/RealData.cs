using System.Runtime.CompilerServices;

namespace Tradewind.Storage.Tests.Support;

/// <summary>The real market data beside a developer's checkout; they are not part of the repository.</summary>
internal static class RealData
{
    public static readonly string[] Names =
    [
        "aapl-1d.csv.gz", "btcusd-1m-2018-04.csv.gz", "es-1m-2013.csv.gz", "eurusd-quotes-2014-05-02.csv.gz",
        "gc-trades-2013-10-07.csv.gz", "spy-1d-1998-2021.csv.gz", "spy-1m-2013-10.csv.gz",
    ];

    public static string Find(string name)
    {
        string path = Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared", "data", name));
        Assert.SkipUnless(File.Exists(path), $"The real data file {name} is not beside this checkout (../shared/data).");
        return path;
    }

    private static string RepositoryRoot([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
