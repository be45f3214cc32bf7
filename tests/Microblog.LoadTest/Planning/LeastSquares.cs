namespace Microblog.LoadTest.Planning;

/// <summary>Least squares with coefficients that are not negative: nothing costs less than nothing.</summary>
public static class LeastSquares
{
    private const int RoundsMax = 20_000;
    private const double Precision = 1e-12;

    /// <summary>One coefficient for each column.</summary>
    /// <param name="rows">What each value is to be made of.</param>
    public static double[] Fit(IReadOnlyList<double[]> rows, IReadOnlyList<double> values)
    {
        var width = rows[0].Length;
        // Columns of one size: deliveries come by thousands, posts by tens.
        var scale = new double[width];
        for (var j = 0; j < width; j++)
            scale[j] = Math.Sqrt(rows.Sum(row => row[j] * row[j])) is var length && length > 0 ? length : 1;
        var (products, right) = NormalEquations(rows, values, scale);

        // One coefficient after the other takes its best value while the rest stands still, until nothing moves.
        var fitted = new double[width];
        for (var round = 0; round < RoundsMax; round++)
        {
            var moved = 0.0;
            for (var j = 0; j < width; j++)
            {
                if (products[j, j] <= 0)
                    continue;
                var rest = right[j];
                for (var k = 0; k < width; k++)
                    rest -= k == j ? 0 : products[j, k] * fitted[k];
                var best = Math.Max(0, rest / products[j, j]);
                moved = Math.Max(moved, Math.Abs(best - fitted[j]));
                fitted[j] = best;
            }

            if (moved < Precision)
                break;
        }

        return [.. fitted.Select((coefficient, j) => coefficient / scale[j])];
    }

    /// <summary>The share of what varies that the fit explains; 1 when nothing varies.</summary>
    public static double Explained(
        IReadOnlyList<double[]> rows, IReadOnlyList<double> values, IReadOnlyList<double> coefficients)
    {
        var mean = values.Average();
        var total = values.Sum(value => (value - mean) * (value - mean));
        var left = rows.Zip(values)
            .Select(pair => pair.Second - pair.First.Zip(coefficients).Sum(term => term.First * term.Second))
            .Sum(error => error * error);
        return total > 0 ? 1 - (left / total) : 1;
    }

    private static (double[,] Products, double[] Right) NormalEquations(
        IReadOnlyList<double[]> rows, IReadOnlyList<double> values, double[] scale)
    {
        var width = scale.Length;
        var (products, right) = (new double[width, width], new double[width]);
        foreach (var (row, value) in rows.Zip(values))
        {
            for (var j = 0; j < width; j++)
            {
                right[j] += row[j] / scale[j] * value;
                for (var k = 0; k < width; k++)
                    products[j, k] += row[j] / scale[j] * (row[k] / scale[k]);
            }
        }

        return (products, right);
    }
}
