using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX.Login;

/// <summary>What a failure at the start means to the user, and the cure.</summary>
internal static class LoginRefusal
{
    /// <summary>True when trying again with the same user and key cannot help.</summary>
    public static bool IsFinal(RestFailure failure) => failure.Kind is RestFailureKind.Unauthorized
        || (failure.Kind == RestFailureKind.Refused && failure.Code != (int)LoginError.UnknownError);

    /// <param name="isLogin">The login itself failed, not a call after it.</param>
    public static FeedException Explain(RestFailure failure, bool isLogin, ProjectXOptions options)
    {
        string cure = failure.Kind switch
        {
            RestFailureKind.Refused when isLogin => Cure((LoginError)failure.Code),
            RestFailureKind.Refused => "Check what the account may do on the platform's web page.",
            RestFailureKind.Unauthorized => $"Check {ProjectXOptions.UserVariable} and {ProjectXOptions.KeyVariable}.",
            RestFailureKind.NotJson => $"A proxy, a captive portal or another server answers at this address; check the network and the address (--gateway, or {ProjectXOptions.UrlVariable}).",
            RestFailureKind.RateLimited => "Too many calls were made with this key; end other programs that use it and wait a minute.",
            RestFailureKind.Unreadable => $"Check that --gateway, or {ProjectXOptions.UrlVariable}, is the address of a ProjectX gateway.",
            _ => $"Check that the gateway runs and that its address is right (--gateway, or {ProjectXOptions.UrlVariable}).",
        };
        string what = isLogin && failure.Kind == RestFailureKind.Refused ? $"ProjectX refused the login of user '{options.UserName}': {failure.Sentence}" : $"The ProjectX gateway is not usable: {failure.Sentence}";
        return new($"{what} {cure}", IsFinal(failure) ? FeedFault.Refused : FeedFault.Unreachable);
    }

    private static string Cure(LoginError error) => error switch
    {
        LoginError.AgreementsNotSigned => "Sign the agreements on the platform's web page.",
        LoginError.ApiSubscriptionNotFound => "Subscribe to API access on the platform's web page.",
        LoginError.ApiKeyAuthenticationDisabled => "Enable API keys on the platform's web page.",
        LoginError.UnknownError => "Try again later.",
        _ => $"Check {ProjectXOptions.UserVariable} (the platform's login name, not the e-mail address) and {ProjectXOptions.KeyVariable}.",
    };
}
