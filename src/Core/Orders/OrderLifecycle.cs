namespace Tradewind.Core.Orders;

/// <summary>The one place that says which status follows when something happens to an order. No status changes but by it.</summary>
/// <remarks>
/// <code>
///   Draft ─► Approved ─► Sending ─► Working ─► PartiallyFilled ─► Filled
///     │                   │  ▲        │ ▲            │ ▲
///     ▼                   ▼  │        ▼ │            ▼ │
///   Denied          InDoubt(Submit)  CancelPending, ModifyPending ─► InDoubt(Cancel), InDoubt(Modify)
///                         │           │
///                         ▼           ▼
///                      Expired     Canceled, Rejected, Expired      (any of them, by the venue's word, from wherever it was)
/// </code>
/// Filled quantity never falls, so an event that tells of an earlier state comes too late and is ignored. From in doubt nothing is sent but the same order,
/// once, after it is proven absent; a cancel or a modification without an answer is never "canceled" or "modified". What ended is opened again only by an
/// execution, or by the venue showing that it works.
/// </remarks>
public static class OrderLifecycle
{
    // Rows are what the order was, columns what happened. A status: it is that now. open: PartiallyFilled if something is filled, else Working if the venue
    // has shown it, else Sending. =: it stays, and that is told. .: too late or too early, ignored. !: cannot be, an error of the engine.

    internal const string WhatWeDo = """
                        Approved Denied Sent    SentAgain CancelRequested ModifyRequested
        Draft           Approved Denied !       !         !               !
        Approved        !        !      Sending !         !               !
        Sending         !        !      !       Sending   CancelPending   !
        Working         !        !      !       !         CancelPending   ModifyPending
        Partial         !        !      !       !         CancelPending   ModifyPending
        CancelPending   !        !      !       !         .               !
        ModifyPending   !        !      !       !         CancelPending   !
        InDoubt(Submit) !        !      !       Sending   .               !
        InDoubt(Cancel) !        !      !       !         .               !
        InDoubt(Modify) !        !      !       !         CancelPending   !
        Filled          !        !      !       !         .               !
        Canceled        !        !      !       !         .               !
        Rejected        !        !      !       !         .               !
        Expired         !        !      !       !         .               !
        Denied          !        !      !       !         !               !
        """;

    internal const string WhatTheVenueSays = """
                        Accepted FilledPartly FilledWhole Canceled CancelRejected CancelInDoubt Modified ModifyRejected ModifyInDoubt SubmitInDoubt Absent  Rejected Expired Found Busted Withheld NotSent
        Sending         open     Partial      Filled      Canceled .              .             .        .              .             InDoubt       Expired Rejected Expired open  =      Canceled Rejected
        Working         =        Partial      Filled      Canceled .              .             =        .              .             .             .       Rejected Expired .     =      .        .
        Partial         =        Partial      Filled      Canceled .              .             =        .              .             .             .       Rejected Expired .     =      .        .
        CancelPending   =        =            Filled      Canceled open           InDoubt       =        .              .             InDoubt       Expired Rejected Expired .     =      Canceled Rejected
        ModifyPending   =        =            Filled      Canceled .              .             open     open           InDoubt       .             .       Rejected Expired .     =      .        .
        InDoubt(Submit) open     Partial      Filled      Canceled .              .             .        .              .             .             Expired Rejected Expired open  =      .        Rejected
        InDoubt(Cancel) open     =            Filled      Canceled open           .             =        .              .             InDoubt       Expired Rejected Expired open  =      .        Rejected
        InDoubt(Modify) open     =            Filled      Canceled .              .             open     open           .             .             .       Rejected Expired open  =      .        .
        Filled          =        =            =           .        .              .             .        .              .             .             .       .        .       .     =      .        .
        Canceled        =        Partial      Filled      .        .              .             =        .              .             .             .       .        .       open  =      .        .
        Rejected        =        Partial      Filled      .        .              .             =        .              .             .             .       .        .       open  =      .        .
        Expired         =        Partial      Filled      .        .              .             =        .              .             .             .       .        .       open  =      .        .
        """;

    private const byte Open = 252;
    private const byte Stays = 253;
    private const byte Ignored = 254;
    private const byte Impossible = 255;

    private const int EventCount = (int)OrderEvent.NotSent + 1;
    private const int RowCount = (int)OrderStatus.Approved + 1 + (int)OrderDoubt.Modify;

    private static readonly byte[] Steps = Read(WhatWeDo, WhatTheVenueSays);

    /// <summary>Moves a status on; false when the event changes nothing.</summary>
    /// <param name="doubt">What is in doubt, while the status is <see cref="OrderStatus.InDoubt"/>.</param>
    /// <param name="isKnown">The venue has shown that it has the order.</param>
    /// <param name="isFilled">Something of it is filled.</param>
    /// <exception cref="InvalidOperationException">The engine did what cannot be done with an order in this status.</exception>
    public static bool TryMove(ref OrderStatus status, ref OrderDoubt doubt, OrderEvent happened, bool isKnown, bool isFilled)
    {
        byte step = Steps[Row(status, doubt) * EventCount + (int)happened];
        if (step >= Stays) return step == Stays || (step == Impossible && Refuse(status, happened));
        status = step != Open ? (OrderStatus)step : isFilled ? OrderStatus.PartiallyFilled : isKnown ? OrderStatus.Working : OrderStatus.Sending;
        doubt = status == OrderStatus.InDoubt ? DoubtOf(happened) : OrderDoubt.None;
        return true;
    }

    private static bool Refuse(OrderStatus status, OrderEvent happened) => throw new InvalidOperationException($"An order that is {status} cannot be {happened}.");

    private static OrderDoubt DoubtOf(OrderEvent happened) => happened switch
    {
        OrderEvent.CancelInDoubt => OrderDoubt.Cancel,
        OrderEvent.ModifyInDoubt => OrderDoubt.Modify,
        _ => OrderDoubt.Submit,
    };

    // Each doubt has a row of its own, after those of the statuses.
    private static int Row(OrderStatus status, OrderDoubt doubt) => status == OrderStatus.InDoubt ? (int)OrderStatus.Approved + (int)doubt : (int)status;

    private static byte[] Read(params ReadOnlySpan<string> tables)
    {
        byte[] steps = new byte[RowCount * EventCount];
        Array.Fill(steps, Impossible);
        foreach (string table in tables) Read(table, steps);
        return steps;
    }

    private static void Read(string table, byte[] steps)
    {
        string[] lines = table.Split('\n');
        string[] events = Words(lines[0]);
        foreach (string line in lines.AsSpan(1))
        {
            string[] words = Words(line);
            int row = RowOf(words[0]);
            for (int i = 0; i < events.Length; i++) steps[row * EventCount + (int)Enum.Parse<OrderEvent>(events[i])] = StepOf(words[i + 1]);
        }
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int RowOf(string name)
    {
        int bracket = name.IndexOf('(', StringComparison.Ordinal);
        return bracket < 0 ? (int)StatusOf(name) : Row(OrderStatus.InDoubt, Enum.Parse<OrderDoubt>(name.AsSpan(bracket + 1).TrimEnd(')')));
    }

    private static byte StepOf(string word) => word switch
    {
        "open" => Open,
        "=" => Stays,
        "." => Ignored,
        "!" => Impossible,
        _ => (byte)StatusOf(word),
    };

    private static OrderStatus StatusOf(string word) => word == "Partial" ? OrderStatus.PartiallyFilled : Enum.Parse<OrderStatus>(word);
}
