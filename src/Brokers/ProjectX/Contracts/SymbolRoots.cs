namespace Tradewind.Brokers.ProjectX.Contracts;

/// <summary>The gateway's product ids: <c>F.US.</c> and a root that is not always the exchange's symbol (ES is F.US.EP).</summary>
internal static class SymbolRoots
{
    private const string Differing = """
        ES=EP NQ=ENQ CL=CLE MCL=MCLE GC=GCE 6E=EU6 ZN=TYA
        6A=DA6 6B=BP6 6C=CA6 6J=JY6 6S=SF6 6N=NE6 6M=MX6 E7=EEU
        ZT=TUA ZF=FVA TN=TNA ZB=USA UB=ULA
        SI=SIE HG=CPE PL=PLE NG=NGE QG=NQG QM=NQM RB=RBE HO=HOE
        LE=GLE ZC=ZCE ZW=ZWA ZS=ZSE ZM=ZME ZL=ZLE
        """;

    private static readonly Dictionary<string, string> Roots = Differing.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);

    public static string SymbolId(string symbol) => "F.US." + (Roots.TryGetValue(symbol, out string? root) ? root : symbol.ToUpperInvariant());
}
