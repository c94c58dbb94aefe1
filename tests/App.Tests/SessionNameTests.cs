using Tradewind.App.Running;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Tests;

/// <summary>A session's name is the beginning of the client ids of its orders: no other session of the account may ever have it.</summary>
public sealed class SessionNameTests : IDisposable
{
    /// <summary>The venue keeps tags of 60 characters; its legs add three to that of their entry.</summary>
    private const int MostOfATag = 60;

    private static readonly DateTimeOffset Started = new(2026, 3, 2, 14, 30, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("session-names-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void SessionsOfOneSecondOnManyMachinesHaveDifferentNames()
    {
        string[] names = [.. Enumerable.Range(0, 1000).Select(machine => SessionName.Next(Started, JournalsOf($"machine-{machine}")))];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^20260302-143000-[a-z]{8}$", name));
    }

    [Fact]
    public void ANameFitsTheVenuesTagsWithTheLongestNumberOfAnOrder()
    {
        for (int i = 0; i < 12; i++) Begin(SessionName.Next(Started, JournalsOf("one")));
        Assert.All(Names("one"), name => Assert.InRange($"tw-{name}-{long.MaxValue}-SL".Length, 1, MostOfATag));
        Assert.All(Names("one"), name => Assert.InRange(name.Length, 1, 40));
    }

    [Fact]
    public void SessionsOfOneSecondAndFolderAreOrderedByTheirStartAlsoBesideThoseOfEarlierVersions()
    {
        string[] begun = ["20260302-142959-zzzzzzzz", "20260302-143000", "20260302-143000-2", .. Enumerable.Repeat("", 20), "20260302-143001-aaaaaaaa"];
        for (int i = 0; i < begun.Length; i++)
        {
            if (begun[i].Length == 0) begun[i] = SessionName.Next(Started, JournalsOf("one"));
            Begin(begun[i]);
        }
        Assert.Equal(begun, Names("one").Order(SessionName.Order));
    }

    private JournalDirectory JournalsOf(string machine) => new(_folder.CreateSubdirectory(machine).FullName);

    private void Begin(string name) => File.WriteAllText(JournalsOf("one").PathOf(name), "");

    private string[] Names(string machine) => [.. Directory.EnumerateFiles(Path.Combine(_folder.FullName, machine)).Select(file => Path.GetFileNameWithoutExtension(file))];
}
