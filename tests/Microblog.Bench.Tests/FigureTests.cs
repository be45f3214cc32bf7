namespace Microblog.Bench.Tests;

public sealed class FigureTests
{
    [Fact]
    public void What_is_judged_is_the_median()
    {
        var figure = new Figure("G1", "", "x", Bounds.AtLeast(0.4, 0.6), [0.1, 0.5, 0.9]);

        Assert.Equal(Verdict.MetFloor, figure.Verdict);
        Assert.Equal(new Spread(Median: 0.5, Low: 0.1, High: 0.9), figure.Spread);
    }

    [Fact]
    public void Of_an_even_number_of_values_the_median_lies_between_two() =>
        Assert.Equal(2.5, Spread.Of([4, 1, 3, 2]).Median);

    [Fact]
    public void Without_values_there_is_no_figure() => Assert.Throws<ArgumentException>(() => Spread.Of([]));

    [Theory]
    [InlineData(0.39, Verdict.Missed)]
    [InlineData(0.40, Verdict.MetFloor)]
    [InlineData(0.60, Verdict.MetTarget)]
    public void A_ratio_must_reach_its_bounds(double value, Verdict verdict) =>
        Assert.Equal(verdict, Bounds.AtLeast(0.40, 0.60).Judge(value));

    [Theory]
    [InlineData(61, Verdict.Missed)]
    [InlineData(60, Verdict.MetFloor)]
    [InlineData(30, Verdict.MetTarget)]
    public void A_cost_must_stay_below_its_bounds(double value, Verdict verdict) =>
        Assert.Equal(verdict, Bounds.AtMost(60, 30).Judge(value));
}
