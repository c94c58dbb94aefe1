namespace Tradewind.Gateway.Users;

/// <summary>The kinds of user hub events, as indices.</summary>
internal enum UserEventKind
{
    Account = 0,
    Order = 1,
    Position = 2,
    Trade = 3,
}
