using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.UnfollowAccount;

[Collection(nameof(RunningFollowGraph))]
public class UnfollowAccountTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task Unfollowing_takes_back_what_following_did()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await followGraph.Neighbours.Publisher.Ask<GetRelations, RelationsFound>(new(alice.Id), CancellationToken.None);
        await alice.Do("follow", bob);

        var relationship = await alice.Do("unfollow", bob);

        Assert.False(relationship.GetProperty("following").GetBoolean());
        Assert.Equal(("0 0", "0 0"), (await followGraph.CountsOf(alice), await followGraph.CountsOf(bob)));
        Assert.Equal((true, Standing.None), await followGraph.Snapshot(alice.Id, bob.Id));
        var unfollowed = await followGraph.Neighbours.Heard.First<AccountUnfollowed>(e => e.FollowerId == alice.Id);
        Assert.Equal(bob.Id, unfollowed.FolloweeId);
    }

    [Fact]
    public async Task Unfollowing_twice_or_without_a_follow_changes_nothing()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("follow", bob);
        await alice.Do("unfollow", bob);

        await alice.Do("unfollow", bob);
        await bob.Do("unfollow", alice);

        Assert.Equal(("0 0", "0 0"), (await followGraph.CountsOf(alice), await followGraph.CountsOf(bob)));
    }

    [Fact]
    public async Task Unfollowing_takes_back_a_request()
    {
        var (alice, locked) = (await followGraph.NewPerson(), await followGraph.NewPerson(locked: true));
        await alice.Do("follow", locked);

        var relationship = await alice.Do("unfollow", locked);

        Assert.False(relationship.GetProperty("requested").GetBoolean());
        Assert.Equal(0, (await locked.Get("/api/v1/follow_requests")).GetArrayLength());
    }
}
