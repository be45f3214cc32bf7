using Microblog.LoadTest.Checking;

namespace Microblog.LoadTest.Tests.Checking;

/// <summary>The checker is checked: a promise broken on purpose must be found.</summary>
public sealed class TimelineCheckTests
{
    [Fact]
    public void What_is_right_is_found_right()
    {
        Assert.Empty(TimelineCheck.Doubled([9, 7, 5]));
        Assert.Empty(TimelineCheck.Disordered([9, 7, 5]));
        Assert.Empty(TimelineCheck.Missing([9, 7, 5], isWhole: true, [5, 7, 9]));
    }

    [Fact]
    public void A_post_that_stands_twice_is_found_once() => Assert.Equal([7], TimelineCheck.Doubled([9, 7, 7, 7, 5]));

    [Fact]
    public void A_post_above_a_newer_one_is_found() => Assert.Equal([8], TimelineCheck.Disordered([9, 7, 8, 5]));

    [Fact]
    public void A_post_that_is_not_there_is_found()
    {
        Assert.Equal([7], TimelineCheck.Missing([9, 5], isWhole: true, [9, 7, 5]));
        Assert.Equal([7], TimelineCheck.Missing([], isWhole: true, [7]));
    }

    [Fact]
    public void What_is_older_than_a_page_may_be_on_the_next() =>
        Assert.Equal([7], TimelineCheck.Missing([9, 5], isWhole: false, [9, 7, 5, 3]));
}
