using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.FollowAccount;

[Collection(nameof(RunningFollowGraph))]
public class FollowAccountTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task Following_shows_in_the_answer_the_counts_the_snapshot_and_an_event()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await followGraph.Neighbours.Publisher.Ask<GetRelations, RelationsFound>(new(alice.Id), CancellationToken.None);

        var relationship = await alice.Do("follow", bob);

        Assert.Equal($"{bob.Id}", relationship.GetProperty("id").GetString());
        Assert.True(relationship.GetProperty("following").GetBoolean());
        Assert.True(relationship.GetProperty("showing_reblogs").GetBoolean());
        Assert.False(relationship.GetProperty("notifying").GetBoolean());
        Assert.False(relationship.GetProperty("followed_by").GetBoolean());
        Assert.Equal(("0 1", "1 0"), (await followGraph.CountsOf(alice), await followGraph.CountsOf(bob)));
        Assert.Equal((true, Standing.Following), await followGraph.Snapshot(alice.Id, bob.Id));
        var followed = await followGraph.Neighbours.Heard.First<AccountFollowed>(e => e.FollowerId == alice.Id);
        Assert.Equal(bob.Id, followed.FolloweeId);
        Assert.True((await bob.RelationshipTo(alice)).GetProperty("followed_by").GetBoolean());
    }

    [Fact]
    public async Task Following_again_changes_only_the_options_that_are_named()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await followGraph.Neighbours.Publisher.Ask<GetRelations, RelationsFound>(new(alice.Id), CancellationToken.None);
        await alice.Do("follow", bob, new { notify = true });

        var relationship = await alice.Do("follow", bob, new { reblogs = false, languages = new[] { "en" } });

        Assert.False(relationship.GetProperty("showing_reblogs").GetBoolean());
        Assert.True(relationship.GetProperty("notifying").GetBoolean());
        Assert.Equal("0 1", await followGraph.CountsOf(alice));
        Assert.Equal(
            (true, Standing.Following | Standing.BoostsHidden | Standing.Notifying),
            await followGraph.Snapshot(alice.Id, bob.Id));
        // The event of a follow that comes later has overtaken nothing.
        var carol = await followGraph.NewPerson();
        await alice.Do("follow", carol);
        await followGraph.Neighbours.Heard.First<AccountFollowed>(e => e.FolloweeId == carol.Id);
        Assert.Single(followGraph.Neighbours.Heard.All<AccountFollowed>(e => e.FolloweeId == bob.Id));
    }

    [Theory]
    [InlineData("self")]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("99999999999999999999999999")]
    [InlineData("nonsense")]
    public async Task Nobody_follows_himself_or_what_is_no_account(string id)
    {
        var alice = await followGraph.NewPerson();
        var path = $"/api/v1/accounts/{(id == "self" ? alice.Id : id)}/follow";

        Assert.Equal((404, "Record not found"), await alice.Refused(HttpMethod.Post, path));

        Assert.Equal("0 0", await followGraph.CountsOf(alice));
    }

    [Fact]
    public async Task Following_is_refused_when_either_blocks_the_other()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await bob.Do("block", alice);

        Assert.Equal(
            (403, "This action is not allowed"),
            await alice.Refused(HttpMethod.Post, $"/api/v1/accounts/{bob.Id}/follow"));
        Assert.Equal(
            (403, "This action is not allowed"),
            await bob.Refused(HttpMethod.Post, $"/api/v1/accounts/{alice.Id}/follow"));

        Assert.Equal(("0 0", "0 0"), (await followGraph.CountsOf(alice), await followGraph.CountsOf(bob)));
    }

    [Fact]
    public async Task A_token_without_the_scope_follows_nobody()
    {
        var (alice, bob) = (await followGraph.NewPerson(scopes: "read"), await followGraph.NewPerson());

        var (status, _) = await alice.Refused(HttpMethod.Post, $"/api/v1/accounts/{bob.Id}/follow");

        Assert.Equal(403, status);
        Assert.Equal("0 0", await followGraph.CountsOf(bob));
    }

    [Fact]
    public async Task A_form_is_read_as_well_as_JSON()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        using var form = new FormUrlEncodedContent([new("reblogs", "0"), new("notify", "True")]);

        var relationship = await alice.Do("follow", bob, form);

        Assert.False(relationship.GetProperty("showing_reblogs").GetBoolean());
        Assert.True(relationship.GetProperty("notifying").GetBoolean());
    }

    [Fact]
    public async Task A_follow_is_answered_although_nobody_merges_it()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await followGraph.Redis.Run(database =>
            database.ListRightPushAsync(HomeTimelines.Key(alice.Id), TimelineLists.Complete));

        Assert.True((await alice.Do("follow", bob)).GetProperty("following").GetBoolean());
    }

    [Fact]
    public async Task Refusals_leave_no_stack_trace_in_the_log()
    {
        var alice = await followGraph.NewPerson();
        var earlier = followGraph.Log.Count;

        await alice.Refused(HttpMethod.Post, "/api/v1/accounts/1/follow");
        await alice.Refused(HttpMethod.Post, "/api/v1/accounts/nonsense/follow");

        Assert.DoesNotContain(followGraph.Log.Skip(earlier), entry => entry.Exception is not null);
    }
}
