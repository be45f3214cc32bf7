using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.BlockAccount;

[Collection(nameof(RunningFollowGraph))]
public class BlockAccountTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task A_block_ends_the_follows_both_ways_and_shows_on_both_sides()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        foreach (var person in (Person[])[alice, bob])
            await followGraph.Neighbours.Publisher.Ask<GetRelations, RelationsFound>(
                new(person.Id), CancellationToken.None);
        await alice.Do("follow", bob);
        await bob.Do("follow", alice);

        var relationship = await alice.Do("block", bob);

        Assert.True(relationship.GetProperty("blocking").GetBoolean());
        Assert.False(relationship.GetProperty("following").GetBoolean());
        Assert.False(relationship.GetProperty("followed_by").GetBoolean());
        Assert.True((await bob.RelationshipTo(alice)).GetProperty("blocked_by").GetBoolean());
        Assert.Equal(("0 0", "0 0"), (await followGraph.CountsOf(alice), await followGraph.CountsOf(bob)));
        Assert.Equal((true, Standing.Blocking), await followGraph.Snapshot(alice.Id, bob.Id));
        Assert.Equal((true, Standing.BlockedBy), await followGraph.Snapshot(bob.Id, alice.Id));
        var heard = followGraph.Neighbours.Heard;
        await heard.First<AccountBlocked>(e => (e.AccountId, e.BlockedId) == (alice.Id, bob.Id));
        await heard.First<AccountUnfollowed>(e => (e.FollowerId, e.FolloweeId) == (alice.Id, bob.Id));
        await heard.First<AccountUnfollowed>(e => (e.FollowerId, e.FolloweeId) == (bob.Id, alice.Id));
    }

    [Fact]
    public async Task Unblocking_leaves_nothing_and_lets_them_follow_again()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("block", bob);
        await alice.Do("block", bob);

        var relationship = await alice.Do("unblock", bob);

        Assert.False(relationship.GetProperty("blocking").GetBoolean());
        Assert.True((await bob.Do("follow", alice)).GetProperty("following").GetBoolean());
    }

    [Fact]
    public async Task Blocking_somebody_who_does_not_exist_is_not_found()
    {
        var alice = await followGraph.NewPerson();

        foreach (var id in (long[])[12, alice.Id])
            Assert.Equal(
                (404, "Record not found"),
                await alice.Refused(HttpMethod.Post, $"/api/v1/accounts/{id}/block"));
    }
}
