namespace Tradewind.Gateway;

/// <summary>The gateway cannot start or cannot use what it was given; the message is for the user and names the cure.</summary>
public sealed class GatewayException(string message, Exception? inner = null) : Exception(message, inner);
