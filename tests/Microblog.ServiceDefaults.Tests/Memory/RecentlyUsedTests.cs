using Microblog.ServiceDefaults.Memory;

namespace Microblog.ServiceDefaults.Tests.Memory;

public class RecentlyUsedTests
{
    [Fact]
    public void What_is_asked_for_again_and_again_is_remembered_however_much_else_there_is()
    {
        var memory = new RecentlyUsed<int, string>(entriesMax: 10);
        memory.Keep(0, "kept");
        for (var i = 1; i < 1_000; i++)
        {
            memory.Keep(i, "passing");
            Assert.True(memory.TryGet(0, out var kept));
            Assert.Equal("kept", kept);
        }
    }

    [Fact]
    public void No_more_is_remembered_than_there_may_be()
    {
        var memory = new RecentlyUsed<int, string>(entriesMax: 10);
        for (var i = 0; i < 1_000; i++)
            memory.Keep(i, "passing");

        Assert.InRange(Enumerable.Range(0, 1_000).Count(i => memory.TryGet(i, out _)), 1, 10);
    }

    [Fact]
    public void The_newest_value_of_a_key_is_the_one_that_is_found()
    {
        var memory = new RecentlyUsed<int, string>(entriesMax: 4);
        memory.Keep(1, "old");
        memory.Keep(2, "other");
        memory.Keep(3, "another");
        memory.Keep(1, "new");

        Assert.True(memory.TryGet(1, out var found));
        Assert.Equal("new", found);
    }
}
