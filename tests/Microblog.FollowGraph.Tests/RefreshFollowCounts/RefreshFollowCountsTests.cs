using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.RefreshFollowCounts;

[Collection(nameof(RunningFollowGraph))]
public class RefreshFollowCountsTests(RunningFollowGraph followGraph)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Counts_that_a_crash_left_unwritten_are_written_by_the_event(int times)
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("follow", bob);
        await followGraph.Neighbours.Heard.First<AccountFollowed>(e => e.FollowerId == alice.Id);
        await followGraph.Redis.Run(database => database.HashDeleteAsync(
            AccountSnapshots.Key(bob.Id), [AccountSnapshots.Follows, AccountSnapshots.Follows + ":version"]));

        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < times; i++)
            await followGraph.Deliver(new AccountFollowed(RunningFollowGraph.NewId(), alice.Id, bob.Id, now));

        Assert.Equal("1 0", await followGraph.CountsOf(bob));
    }

    [Fact]
    public async Task An_old_event_that_comes_late_does_not_bring_back_an_old_count()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("follow", bob);
        await alice.Do("unfollow", bob);

        var now = TimeProvider.System.GetUtcNow();
        await followGraph.Deliver(new AccountUnfollowed(FollowId: 1, alice.Id, bob.Id, now));
        await followGraph.Deliver(new AccountFollowed(RunningFollowGraph.NewId(), alice.Id, bob.Id, now));

        Assert.Equal(("0 0", "0 0"), (await followGraph.CountsOf(alice), await followGraph.CountsOf(bob)));
    }
}
