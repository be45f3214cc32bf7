using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.AnswerFollowRequests;

[Collection(nameof(RunningFollowGraph))]
public class AnswerFollowRequestsTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task A_locked_account_is_asked_and_nothing_is_followed_yet()
    {
        var (alice, locked) = (await followGraph.NewPerson(), await followGraph.NewPerson(locked: true));
        await followGraph.Neighbours.Publisher.Ask<GetRelations, RelationsFound>(new(alice.Id), CancellationToken.None);

        var relationship = await alice.Do("follow", locked);
        await alice.Do("follow", locked, new { reblogs = false });

        Assert.True(relationship.GetProperty("requested").GetBoolean());
        Assert.False(relationship.GetProperty("following").GetBoolean());
        Assert.True((await locked.RelationshipTo(alice)).GetProperty("requested_by").GetBoolean());
        Assert.Equal("0 0", await followGraph.CountsOf(locked));
        Assert.Equal((true, Standing.FollowRequested), await followGraph.Snapshot(alice.Id, locked.Id));
        var requests = await locked.Get("/api/v1/follow_requests");
        Assert.Equal($"{alice.Id}", Assert.Single(requests.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Consent_makes_the_follow_with_the_options_asked_for()
    {
        var (alice, locked) = (await followGraph.NewPerson(), await followGraph.NewPerson(locked: true));
        await alice.Do("follow", locked, new { reblogs = false, notify = true });

        var answer = await locked.Try(HttpMethod.Post, $"/api/v1/follow_requests/{alice.Id}/authorize");
        var again = await locked.Try(HttpMethod.Post, $"/api/v1/follow_requests/{alice.Id}/authorize");

        Assert.True(answer.IsSuccessStatusCode && again.IsSuccessStatusCode);
        var relationship = await alice.RelationshipTo(locked);
        Assert.True(relationship.GetProperty("following").GetBoolean());
        Assert.False(relationship.GetProperty("requested").GetBoolean());
        Assert.False(relationship.GetProperty("showing_reblogs").GetBoolean());
        Assert.True(relationship.GetProperty("notifying").GetBoolean());
        Assert.Equal("1 0", await followGraph.CountsOf(locked));
        await followGraph.Neighbours.Heard.First<AccountFollowed>(e => e.FolloweeId == locked.Id);
        Assert.Equal(0, (await locked.Get("/api/v1/follow_requests")).GetArrayLength());
    }

    [Fact]
    public async Task Asking_again_after_the_account_was_unlocked_follows()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson(locked: true));
        await alice.Do("follow", bob, new { notify = true });
        await followGraph.Unlock(bob);

        var relationship = await alice.Do("follow", bob);

        Assert.True(relationship.GetProperty("following").GetBoolean());
        Assert.True(relationship.GetProperty("notifying").GetBoolean());
        Assert.False(relationship.GetProperty("requested").GetBoolean());
    }

    [Fact]
    public async Task Refusal_leaves_nothing()
    {
        var (alice, locked) = (await followGraph.NewPerson(), await followGraph.NewPerson(locked: true));
        await alice.Do("follow", locked);

        await locked.Try(HttpMethod.Post, $"/api/v1/follow_requests/{alice.Id}/reject");

        var relationship = await alice.RelationshipTo(locked);
        Assert.False(relationship.GetProperty("requested").GetBoolean());
        Assert.False(relationship.GetProperty("following").GetBoolean());
    }

    [Fact]
    public async Task Consent_to_what_nobody_asked_is_not_found()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());

        Assert.Equal(
            (404, "Record not found"),
            await alice.Refused(HttpMethod.Post, $"/api/v1/follow_requests/{bob.Id}/authorize"));
        Assert.False((await bob.RelationshipTo(alice)).GetProperty("following").GetBoolean());
    }
}
