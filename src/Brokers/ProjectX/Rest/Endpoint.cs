using System.Globalization;
using Tradewind.Brokers.ProjectX.Orders;

namespace Tradewind.Brokers.ProjectX.Rest;

internal enum LoginError
{
    Success = 0,
    UserNotFound = 1,
    PasswordVerificationFailed = 2,
    InvalidCredentials = 3,
    AppNotFound = 4,
    AppVerificationFailed = 5,
    InvalidDevice = 6,
    AgreementsNotSigned = 7,
    UnknownError = 8,
    ApiSubscriptionNotFound = 9,
    ApiKeyAuthenticationDisabled = 10,
}

internal enum ValidateError
{
    Success = 0,
    InvalidSession = 1,
    SessionNotFound = 2,
    ExpiredToken = 3,
    UnknownError = 4,
}

internal enum HistoryError
{
    Success = 0,
    ContractNotFound = 1,
    UnitInvalid = 2,
    UnitNumberInvalid = 3,
    LimitInvalid = 4,
}

/// <summary>Of the endpoints that cannot refuse.</summary>
internal enum ContractError
{
    Success = 0,
}

/// <summary>One REST path with its own rate limit and its own meaning of error codes.</summary>
internal sealed record Endpoint(string Path, bool IsHistory, Func<int, string> ErrorName)
{
    public static readonly Endpoint Login = Of<LoginError>("Auth/loginKey");
    public static readonly Endpoint Validate = Of<ValidateError>("Auth/validate");
    public static readonly Endpoint AvailableContracts = Of<ContractError>("Contract/available");
    public static readonly Endpoint SearchContracts = Of<ContractError>("Contract/search");
    public static readonly Endpoint PlaceOrder = Of<PlaceError>("Order/place");
    public static readonly Endpoint CancelOrder = Of<CancelError>("Order/cancel");
    public static readonly Endpoint ModifyOrder = Of<ModifyError>("Order/modify");
    public static readonly Endpoint OrderById = Of<OrderByIdError>("Order/searchById");
    public static readonly Endpoint QueryOrders = Of<SearchError>("Order/v2/query");
    public static readonly Endpoint Accounts = Of<ContractError>("Account/search");
    public static readonly Endpoint OpenPositions = Of<SearchError>("Position/searchOpen");
    public static readonly Endpoint Trades = Of<SearchError>("Trade/search");
    public static readonly Endpoint OpenOrders = Of<SearchError>("Order/searchOpen");
    public static readonly Endpoint Orders = Of<SearchError>("Order/search");
    public static readonly Endpoint Bars = Of<HistoryError>("History/retrieveBars", isHistory: true);

    private static Endpoint Of<TError>(string path, bool isHistory = false) where TError : struct, Enum => new("/api/" + path, isHistory, Name<TError>);

    private static string Name<TError>(int code) where TError : struct, Enum
    {
        var error = (TError)(object)code;
        return Enum.IsDefined(error) ? error.ToString() : "error " + code.ToString(CultureInfo.InvariantCulture);
    }
}
