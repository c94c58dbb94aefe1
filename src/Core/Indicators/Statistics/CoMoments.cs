namespace Tradewind.Core.Indicators;

/// <summary>Moments of two series together over their last n numbers, O(1) per pair.</summary>
/// <param name="X">Moments of the first.</param>
/// <param name="Y">Moments of the second.</param>
/// <param name="Products">Sum of the products of both deviations; added up afresh whenever one of the moments was.</param>
public readonly record struct CoMoments(Moments X, Moments Y, double Products)
{
    /// <summary>The moments once the pair is in the windows. Pure; the caller pushes it afterwards.</summary>
    public CoMoments After(Window xs, Window ys, double x, double y)
    {
        int length = xs.Length;
        Moments nextX = X.After(xs, x), nextY = Y.After(ys, y);
        if (xs.CompletesRound || nextX.Peak < X.Peak || nextY.Peak < Y.Peak)
        {
            return new(nextX, nextY, Window.ProductsWith(xs, ys, x, y, nextX.Mean(length) - x, nextY.Mean(length) - y));
        }
        // Deviations of what enters and what leaves from the old means, minus what the means moved.
        double u = X.Above(x, length), v = Y.Above(y, length), oldU = X.Above(xs.Leaving, length), oldV = Y.Above(ys.Leaving, length);
        return new(nextX, nextY, Products + (u * v - oldU * oldV - (u - oldU) * (v - oldV) / length));
    }

    /// <summary>Correlation, −1 to 1; 0 where one of the two does not vary.</summary>
    public double Correlation => X.Squares <= 0 || Y.Squares <= 0 ? 0 : Math.Clamp(Products / (Math.Sqrt(X.Squares) * Math.Sqrt(Y.Squares)), -1, 1);
}
