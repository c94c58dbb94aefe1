namespace Tradewind.Storage.Journal;

/// <summary>The steps of a journal to the disk. Who is told of them can end the process at each: that is how recovery is tested.</summary>
public enum JournalStep
{
    /// <summary>What was appended is about to be written.</summary>
    Writing = 0,

    /// <summary>It is written, and not known to be on the disk.</summary>
    Written = 1,

    /// <summary>It is on the disk, and nobody was told.</summary>
    Synced = 2,

    /// <summary>The session ends: all inputs are on the disk, and no mark of the end is.</summary>
    Closing = 3,

    /// <summary>The closing mark is on the disk, and the last one is not.</summary>
    Marked = 4,

    /// <summary>All is on the disk, and the space held ready was not given back.</summary>
    Ended = 5,
}
