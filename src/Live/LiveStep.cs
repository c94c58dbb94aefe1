namespace Tradewind.Live;

/// <summary>The steps of an input into the journal and of an order out of it. Who is told of them can end the process at each: that is how recovery is tested.</summary>
public enum LiveStep
{
    /// <summary>An input other than a broker's word was read and is not in the journal.</summary>
    InputReceived = 0,

    /// <summary>It is in the journal's buffer, and the engine has not seen it.</summary>
    InputAppended = 1,

    /// <summary>A broker's word other than a fill was read and is not in the journal.</summary>
    ReplyReceived = 2,
    ReplyAppended = 3,

    /// <summary>A fill was read and is not in the journal.</summary>
    FillReceived = 4,
    FillAppended = 5,

    /// <summary>The engine made an order, modification or cancel; its input may not be on the disk.</summary>
    OrderPosted = 6,

    /// <summary>Its input is on the disk, and nothing was sent.</summary>
    OrderDurable = 7,

    /// <summary>The broker took it to be sent and has not answered.</summary>
    OrderSent = 8,
}
