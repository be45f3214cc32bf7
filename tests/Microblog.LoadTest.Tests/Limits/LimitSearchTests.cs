using Microblog.LoadTest.Limits;

namespace Microblog.LoadTest.Tests.Limits;

public sealed class LimitSearchTests
{
    [Theory]
    [InlineData(10, 1_000)]
    [InlineData(1_000, 1_000)]
    [InlineData(5_000, 1_000)]
    public void It_comes_close_to_the_limit_from_wherever_it_starts(double start, double limit)
    {
        var search = new LimitSearch(start);

        while (search.Next() is { } rate)
            search.Tried(rate, isKept: rate <= limit);

        Assert.InRange(search.Best, limit / 1.1, limit);
    }

    [Fact]
    public void One_spoilt_try_does_not_end_it()
    {
        var (search, tries) = (new LimitSearch(100), 0);

        while (search.Next() is { } rate)
            search.Tried(rate, isKept: rate <= 1_000 && tries++ != 2);

        Assert.InRange(search.Best, 900, 1_000);
    }

    [Fact]
    public void It_gives_up_where_nothing_is_kept()
    {
        var search = new LimitSearch(100);

        while (search.Next() is { } rate)
            search.Tried(rate, isKept: false);

        Assert.Equal(0, search.Best);
    }
}
