using System.Net;
using Microblog.Contracts.FollowGraph;
using Microblog.FollowGraph.Storage;
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

    [Fact]
    public async Task Followers_at_hand_are_those_of_the_database_after_many_changes_at_once()
    {
        var author = await followGraph.NewPerson();
        var people = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => followGraph.NewPerson()));
        await followGraph.Deliver(APost.By(author.Id));

        await Task.WhenAll(people.Select(async (person, i) =>
        {
            await person.Do("follow", author);
            if (i % 3 == 0)
                await person.Do("follow", author, new { reblogs = false });
            if (i % 3 == 1)
                await person.Do("unfollow", author);
        }));
        // They may have been dropped on the way; then they are read again.
        await followGraph.Deliver(APost.By(author.Id));

        Follower[] expected =
        [
            .. people.Where((_, i) => i % 3 != 1)
                .Select(person => new Follower(person.Id, ShowsBoosts: Array.IndexOf(people, person) % 3 != 0)),
        ];
        Assert.Equal(expected, await followGraph.AtHand(author.Id));
    }

    [Fact]
    public async Task A_change_that_was_rolled_back_is_not_at_hand()
    {
        var (author, follower, refused) =
            (await followGraph.NewPerson(), await followGraph.NewPerson(), await followGraph.NewPerson());
        await follower.Do("follow", author);
        await followGraph.AtHand(author.Id);
        await RefuseToCommitFollowsOf(refused);

        using var answer = await refused.Try(HttpMethod.Post, $"/api/v1/accounts/{author.Id}/follow");
        var afterwards = await new FollowerPages(followGraph.Redis).Find(author.Id);
        await follower.Do("follow", author, new { reblogs = false });
        await followGraph.Deliver(APost.By(author.Id));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Null(afterwards);
        Assert.Equal([new(follower.Id, ShowsBoosts: false)], await followGraph.AtHand(author.Id));
    }

    private async Task RefuseToCommitFollowsOf(Person person)
    {
        await using var command = followGraph.Database.CreateCommand(
            $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON followee_packs DEFERRABLE INITIALLY DEFERRED
               FOR EACH ROW WHEN (NEW.account_id = {person.Id}) EXECUTE FUNCTION refuse()
            """);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<(long Followers, long Following)> Rows(Person person)
    {
        await using var command = followGraph.Database.CreateCommand(
            """
            SELECT (SELECT count(*) FROM followers WHERE followee_id = $1),
                   (SELECT count(*) FROM followees WHERE follower_id = $1)
            """);
        command.Parameters.Add(new() { Value = person.Id });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
