namespace Tradewind.Core.Model;

/// <summary>Something that the user supplied (file, option, configuration) cannot be used; the program ends with exit code 2.</summary>
/// <param name="message">One sentence for the user: what and where (file and line, byte or option), what was found, what was expected, the cure.</param>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
