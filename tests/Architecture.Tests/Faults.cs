namespace Tradewind.Architecture.Tests;

internal static class Faults
{
    /// <summary>Fails with the rule and with every fault, one to a line; nothing is cut short.</summary>
    public static void None(string rule, IEnumerable<string> faults)
    {
        string[] found = [.. faults];
        if (found.Length > 0) Assert.Fail($"{rule}\n  {string.Join("\n  ", found)}");
    }
}
