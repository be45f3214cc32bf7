using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.MuteAccount;

[Collection(nameof(RunningFollowGraph))]
public class MuteAccountTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task A_mute_hides_notifications_too_unless_told_otherwise()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await followGraph.Neighbours.Publisher.Ask<GetRelations, RelationsFound>(new(alice.Id), CancellationToken.None);

        var first = await alice.Do("mute", bob);
        var second = await alice.Do("mute", bob, new { notifications = false, duration = 3_600 });

        Assert.True(first.GetProperty("muting_notifications").GetBoolean());
        Assert.Null(first.GetProperty("muting_expires_at").GetString());
        Assert.True(second.GetProperty("muting").GetBoolean());
        Assert.False(second.GetProperty("muting_notifications").GetBoolean());
        Assert.Matches(
            @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$",
            second.GetProperty("muting_expires_at").GetString());
        Assert.Equal((true, Standing.Muting), await followGraph.Snapshot(alice.Id, bob.Id));
    }

    [Fact]
    public async Task A_mute_that_has_ended_counts_as_none()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("mute", bob, new { duration = 60 });
        await using (var command = followGraph.Database.CreateCommand(
            $"UPDATE mutes SET ends_at = now() WHERE account_id = {alice.Id}"))
            await command.ExecuteNonQueryAsync();

        var relationship = await alice.RelationshipTo(bob);

        Assert.False(relationship.GetProperty("muting").GetBoolean());
        Assert.Equal(0, (await alice.Get("/api/v1/mutes")).GetArrayLength());
        var relations = await followGraph.Neighbours.Publisher.Ask<GetRelations, RelationsFound>(
            new(alice.Id), CancellationToken.None);
        Assert.Empty(relations.Relations);
    }

    [Fact]
    public async Task Unmuting_ends_a_mute()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await alice.Do("mute", bob);

        var relationship = await alice.Do("unmute", bob);

        Assert.False(relationship.GetProperty("muting").GetBoolean());
    }

    [Theory]
    [InlineData("-1", 422, "Validation failed: Duration must be greater than or equal to 0")]
    [InlineData("soon", 400, "The parameter duration must be a whole number")]
    public async Task A_duration_that_is_none_is_refused(string duration, int status, string error)
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());

        var refusal = await alice.Refused(HttpMethod.Post, $"/api/v1/accounts/{bob.Id}/mute", new { duration });

        Assert.Equal((status, error), refusal);
        Assert.False((await alice.RelationshipTo(bob)).GetProperty("muting").GetBoolean());
    }

    [Fact]
    public async Task A_mute_longer_than_lives_does_not_end()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());

        var relationship = await alice.Do("mute", bob, new { duration = long.MaxValue });

        Assert.Null(relationship.GetProperty("muting_expires_at").GetString());
    }
}
