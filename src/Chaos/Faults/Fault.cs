namespace Tradewind.Chaos.Faults;

/// <summary>The faults of the catalogue that strike in worlds, by its codes; what each is, and where the others are shown, says the catalogue.</summary>
#pragma warning disable CA1008 // The catalogue begins with F1.
public enum Fault
#pragma warning restore CA1008
{
    F1 = 1, F2 = 2, F3 = 3, F4 = 4, F5 = 5, F6 = 6, F7 = 7, F8 = 8, F9 = 9, F10 = 10, F11 = 11, F13 = 13, F14 = 14, F15 = 15, F16 = 16,
    F17 = 17, F18 = 18, F19 = 19, F20 = 20, F21 = 21, F22 = 22, F23 = 23, F24 = 24, F25 = 25, F26 = 26, F28 = 28, F29 = 29,
    F30 = 30, F31 = 31, F32 = 32, F33 = 33, F34 = 34, F36 = 36, F37 = 37, F39 = 39, F40 = 40, F42 = 42, F45 = 45,
    F46 = 46, F50 = 50, F53 = 53, F59 = 59, F61 = 61, F66 = 66, F79 = 79, F80 = 80, F82 = 82, F83 = 83,
}
