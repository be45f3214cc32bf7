using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;

namespace Microblog.FollowGraph.Tests.Storage;

[Collection(nameof(RunningFollowGraph))]
public class PairChangesTests(RunningFollowGraph followGraph)
{
    [Fact]
    public async Task Everybody_who_follows_everybody_at_once_is_counted_and_nobody_waits_in_a_circle()
    {
        var people = new List<Person>();
        for (var i = 0; i < 8; i++)
            people.Add(await followGraph.NewPerson());

        await Task.WhenAll(
            from one in people
            from other in people
            where one != other
            select one.Do("follow", other));

        foreach (var person in people)
        {
            Assert.Equal("7 7", await followGraph.CountsOf(person));
            Assert.Equal((7, 7), await Rows(person));
        }
    }

    [Fact]
    public async Task Changes_of_one_pair_at_once_end_with_rows_counts_and_snapshot_agreeing()
    {
        var (alice, bob) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        await followGraph.Neighbours.Publisher.Ask<GetRelations, RelationsFound>(new(alice.Id), CancellationToken.None);
        string[] actions = ["follow", "unfollow", "mute", "unmute", "follow"];

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? alice : bob).Do(
            actions[i % actions.Length],
            i % 2 == 0 ? bob : alice)));

        var relationship = await alice.RelationshipTo(bob);
        var (isTrusted, standing) = await followGraph.Snapshot(alice.Id, bob.Id);
        Assert.True(isTrusted);
        Assert.Equal(relationship.GetProperty("following").GetBoolean(), standing.HasFlag(Standing.Following));
        Assert.Equal(relationship.GetProperty("muting").GetBoolean(), standing.HasFlag(Standing.Muting));
        foreach (var person in (Person[])[alice, bob])
        {
            var (followers, following) = await Rows(person);
            Assert.Equal($"{followers} {following}", await followGraph.CountsOf(person));
        }
    }

    private async Task<(long Followers, long Following)> Rows(Person person)
    {
        await using var command = followGraph.Database.CreateCommand(
            """
            SELECT (SELECT count(*) FROM follows WHERE followee_id = $1),
                   (SELECT count(*) FROM follows WHERE follower_id = $1)
            """);
        command.Parameters.Add(new() { Value = person.Id });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
