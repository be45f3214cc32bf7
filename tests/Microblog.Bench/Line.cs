namespace Microblog.Bench;

/// <summary>A straight line through measured points.</summary>
/// <param name="Explained">R²: the share of what varies that the line explains.</param>
public sealed record Line(double Slope, double Intercept, double Explained)
{
    /// <summary>By least squares, with both coefficients free.</summary>
    public static Line Through(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var (xMean, yMean) = (x.Average(), y.Average());
        var spread = x.Sum(value => (value - xMean) * (value - xMean));
        var common = x.Zip(y).Sum(point => (point.First - xMean) * (point.Second - yMean));
        var slope = common / spread;
        var intercept = yMean - (slope * xMean);
        var total = y.Sum(value => (value - yMean) * (value - yMean));
        var left = x.Zip(y).Sum(point => Math.Pow(point.Second - intercept - (slope * point.First), 2));
        return new(slope, intercept, total > 0 ? 1 - (left / total) : 1);
    }
}
