namespace Microblog.FollowGraph.Tests.RemoveFollower;

[Collection(nameof(RunningFollowGraph))]
public class RemoveFollowerTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task A_removed_follower_no_longer_follows()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("follow", bob);
        await bob.Do("follow", alice);

        var relationship = await bob.Do("remove_from_followers", alice);

        Assert.False(relationship.GetProperty("followed_by").GetBoolean());
        Assert.True(relationship.GetProperty("following").GetBoolean());
        Assert.Equal(("1 0", "0 1"), (await followGraph.CountsOf(alice), await followGraph.CountsOf(bob)));
    }
}
