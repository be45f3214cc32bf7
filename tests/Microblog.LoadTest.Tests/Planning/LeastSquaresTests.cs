using Microblog.LoadTest.Planning;

namespace Microblog.LoadTest.Tests.Planning;

public sealed class LeastSquaresTests
{
    [Fact]
    public void What_was_put_in_is_found_again()
    {
        double[] costs = [.05, 400e-6, 3e-6, 250e-6];
        var random = new Random(1);
        var rows = Enumerable.Range(0, 60)
            .Select(_ => new[] { 1, 100 * Next(random), 10_000 * Next(random), 500 * Next(random) })
            .ToArray();
        var values = rows.Select(row => row.Zip(costs).Sum(term => term.First * term.Second)).ToArray();

        var fitted = LeastSquares.Fit(rows, values);

        Assert.All(fitted.Zip(costs), pair => Assert.Equal(1, pair.First / pair.Second, tolerance: .001));
        Assert.Equal(1, LeastSquares.Explained(rows, values, fitted), tolerance: .0001);
    }

    [Fact]
    public void Nothing_costs_less_than_nothing()
    {
        double[][] rows = [[1, 0], [1, 1], [1, 2]];

        Assert.Equal(0, LeastSquares.Fit(rows, [3, 2, 1])[1]);
    }

    [Fact]
    public void What_was_never_done_has_no_cost() => Assert.Equal(0, LeastSquares.Fit([[1, 0], [2, 0]], [1, 2])[1]);

    private static double Next(Random random) => random.NextDouble();
}
