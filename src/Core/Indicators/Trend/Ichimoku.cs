using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Ichimoku: conversion line (tenkan), base line (kijun), the cloud that stands over this bar (senkou A and B, computed <c>shift</c> bars ago), the cloud of <c>shift</c> bars ahead (lead A and B), and the close, drawn <c>shift</c> bars back (chikou). Ready with bar <c>slow + shift</c>.</summary>
/// <remarks>Nothing looks ahead: a strategy compares the price with senkou, and chikou with the price of <c>shift</c> bars ago.</remarks>
[Indicator("ichimoku", "Hosoda, 1969", Outputs = ["tenkan", "kijun", "senkouA", "senkouB", "leadA", "leadB", "chikou"])]
public sealed class Ichimoku : Indicator<Bar, Ichimoku.State>
{
    private readonly PriceChannel _fast;
    private readonly PriceChannel _middle;
    private readonly PriceChannel _slow;
    private readonly Window _leadA;
    private readonly Window _leadB;

    public Ichimoku([Range(1, 10_000)] int fast = 9, [Range(2, 10_000)] int middle = 26, [Range(3, 10_000)] int slow = 52, [Range(1, 10_000)] int shift = 26, BarSource? bars = null)
        : base(bars, fast, middle, slow, shift)
    {
        Description.DemandBelow(nameof(fast), fast, nameof(middle), middle);
        Description.DemandBelow(nameof(middle), middle, nameof(slow), slow);
        _fast = Own(new PriceChannel(fast));
        _middle = Own(new PriceChannel(middle));
        _slow = Own(new PriceChannel(slow));
        _leadA = Own(new Window(shift));
        _leadB = Own(new Window(shift));
    }

    public double Tenkan => Value;

    public double Kijun => this[1];

    public double SenkouA => this[2];

    public double SenkouB => this[3];

    public double LeadA => this[4];

    public double LeadB => this[5];

    public double Chikou => this[6];

    protected override int OwnWarmUp => _slow.Length + _leadA.Length;

    protected override State Advance(in State state, in Bar bar)
    {
        double tenkan = _fast.After(in bar).Middle, kijun = _middle.After(in bar).Middle;
        return new(Math.Min(state.Count + 1, OwnWarmUp), tenkan, kijun, _leadA.Leaving, _leadB.Leaving, 0.5 * (tenkan + kijun), _slow.After(in bar).Middle, bar.Close);
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Tenkan;

    protected override double Read(in State state, int output) => output switch
    {
        0 => state.Tenkan,
        1 => state.Kijun,
        2 => state.SenkouA,
        3 => state.SenkouB,
        4 => state.LeadA,
        5 => state.LeadB,
        _ => state.Close,
    };

    protected override void Remember(in State next, in Bar bar)
    {
        _fast.Push(in bar);
        _middle.Push(in bar);
        _slow.Push(in bar);
        _leadA.Push(next.LeadA);
        _leadB.Push(next.LeadB);
    }

    public readonly record struct State(int Count, double Tenkan, double Kijun, double SenkouA, double SenkouB, double LeadA, double LeadB, double Close);
}
