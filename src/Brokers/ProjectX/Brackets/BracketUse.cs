namespace Tradewind.Brokers.ProjectX;

/// <summary>Who keeps the stop and the target of an entry until it fills.</summary>
public enum BracketUse
{
    /// <summary>The engine: it places them with the first fill.</summary>
    Engine = 0,

    /// <summary>The gateway where the account allows it, which is found out before the first entry; otherwise the engine.</summary>
    Auto = 1,

    /// <summary>The gateway; where the account does not allow it, no entry is sent that it would have to protect.</summary>
    Native = 2,
}
