namespace Microblog.Bench.Tests;

public sealed class LineTests
{
    [Fact]
    public void Points_on_a_line_are_explained_by_it()
    {
        var line = Line.Through([1, 10, 100], [7, 25, 205]);

        Assert.Equal(2, line.Slope, precision: 9);
        Assert.Equal(5, line.Intercept, precision: 9);
        Assert.Equal(1, line.Explained, precision: 9);
    }

    [Fact]
    public void What_a_line_leaves_over_is_not_explained()
    {
        var line = Line.Through([0, 1, 2, 3], [0, 1, 0, 1]);

        Assert.Equal(0.2, line.Explained, precision: 9);
    }
}
