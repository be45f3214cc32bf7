using Microblog.FollowGraph.Storage;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Ids;
using Microsoft.Extensions.DependencyInjection;

namespace Microblog.FollowGraph.Tests.Storage;

[Collection(nameof(RunningFollowGraph))]
public class FollowPacksTests(RunningFollowGraph followGraph)
{
    private const int Full = FollowPacks.FollowsMax;

    private readonly long _person = RunningFollowGraph.NewId();

    [Theory]
    [InlineData("follower_packs")]
    [InlineData("followee_packs")]
    public async Task A_pack_that_is_full_stays_as_it_is_and_the_next_follow_begins_another(string packs)
    {
        var follows = await Write(packs, (2 * Full) + 1);

        Assert.Equal(
            follows.Chunk(Full).Select(pack => (pack[0].FollowId, pack.Length)),
            await PacksIn(packs));
        Assert.Equal(follows, await Read(packs));
    }

    [Theory]
    [InlineData("follower_packs")]
    [InlineData("followee_packs")]
    public async Task A_full_pack_is_not_moved_to_TOAST(string packs)
    {
        await Write(packs, Full);

        var size = await Number($"SELECT pg_column_size(pack.*) FROM {packs} AS pack WHERE account_id = $1");
        Assert.InRange(size, Full * 2 * sizeof(long), 2_032);
    }

    [Theory]
    [InlineData("follower_packs")]
    [InlineData("followee_packs")]
    public async Task What_ends_leaves_its_pack_whose_key_stays_and_a_pack_ends_with_its_last(string packs)
    {
        var follows = await Write(packs, Full + 2);
        Follow[] ended = [follows[0], follows[Full - 1], .. follows[Full..]];

        foreach (var follow in ended)
            await followGraph.Write(follow, after: null);

        Assert.Equal([(follows[0].FollowId, Full - 2)], await PacksIn(packs));
        Assert.Equal(follows.Except(ended), await Read(packs));
    }

    [Theory]
    [InlineData("follower_packs")]
    [InlineData("followee_packs")]
    public async Task Other_options_are_written_to_the_pack_that_has_the_follow(string packs)
    {
        var follows = await Write(packs, Full + 1);
        Follow[] changed =
        [
            follows[1] with { ShowsBoosts = false },
            follows[2] with { Notifies = true },
            follows[Full] with { ShowsBoosts = false, Notifies = true },
        ];

        foreach (var follow in changed)
            await followGraph.Write(follows.Single(before => before.FollowId == follow.FollowId), follow);
        Assert.Equal([follows[0], changed[0], changed[1], .. follows[3..Full], changed[2]], await Read(packs));

        foreach (var follow in changed)
            await followGraph.Write(follow, follow with { ShowsBoosts = true, Notifies = false });
        Assert.Equal(follows, await Read(packs));
    }

    [Fact]
    public async Task A_follow_comes_after_all_of_both_people_whatever_the_clock_of_another_process_was()
    {
        var (follower, followee) = (await followGraph.NewPerson(), await followGraph.NewPerson());
        var ahead = TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds() << 16;
        await followGraph.Write(null, Following(follower.Id, RunningFollowGraph.NewId(), ahead));
        await followGraph.Write(null, Following(RunningFollowGraph.NewId(), followee.Id, ahead + 1));

        await follower.Do("follow", followee);

        var following = await Page(RelationList.Following, follower.Id, new(null, null, null, Limit: 9));
        var followers = await Page(RelationList.Followers, followee.Id, new(null, null, null, Limit: 9));
        Assert.Equal([followee.Id], following.SkipLast(1).Select(row => row.AccountId));
        Assert.Equal(following[0], followers[0] with { AccountId = followee.Id });
        Assert.True(IdSequence.CreatedAt(following[0].RelationId) > IdSequence.CreatedAt(ahead));
    }

    [Theory]
    [InlineData("follower_packs", RelationList.Followers)]
    [InlineData("followee_packs", RelationList.Following)]
    public async Task A_list_is_paged_through_packs_and_their_gaps_in_both_directions(string packs, object list)
    {
        const int limit = 60;
        var follows = await Write(packs, 3 * Full);
        // All of the second pack but its first, and the first of the third.
        foreach (var follow in follows[(Full + 1)..((2 * Full) + 1)])
            await followGraph.Write(follow, after: null);
        long[] left = [.. follows[..(Full + 1)].Concat(follows[((2 * Full) + 1)..]).Select(follow => follow.FollowId)];

        foreach (var cursor in (int[])[0, 1, limit, Full - 1, Full, Full + 1, left.Length - 1])
        {
            var id = left[cursor];
            Assert.Equal(left[..cursor].Reverse().Take(limit), await Ids(new(id, null, null, limit)));
            Assert.Equal(left[(cursor + 1)..].Reverse().Take(limit), await Ids(new(null, id, null, limit)));
            Assert.Equal(left[(cursor + 1)..].Take(limit).Reverse(), await Ids(new(null, null, id, limit)));
        }

        async Task<IEnumerable<long>> Ids(Page page) =>
            (await Page((RelationList)list, _person, page)).Select(row => row.RelationId);
    }

    private static Follow Following(long followerId, long followeeId, long followId) =>
        new(followeeId, followerId, followId, ShowsBoosts: true, Notifies: false);

    private Task<IReadOnlyList<RelationRow>> Page(RelationList list, long accountId, Page page) =>
        followGraph.Services.GetRequiredService<RelationLists>().Read(list, accountId, page, CancellationToken.None);

    /// <summary>Follows of the person, or by him, one after the other.</summary>
    private async Task<Follow[]> Write(string packs, int count)
    {
        var follows = Enumerable.Range(0, count)
            .Select(_ => RunningFollowGraph.NewId())
            .Select(other => packs == "follower_packs"
                ? Following(other, _person, RunningFollowGraph.NewId())
                : Following(_person, other, RunningFollowGraph.NewId()))
            .ToArray();
        foreach (var follow in follows)
            await followGraph.Write(before: null, follow);
        return follows;
    }

    /// <summary>What stands with the person; the same must stand with the others.</summary>
    private async Task<IReadOnlyList<Follow>> Read(string packs)
    {
        var (near, far) = packs == "follower_packs" ? ("followers", "followees") : ("followees", "followers");
        var (own, other) = packs == "follower_packs" ? ("followee_id", "follower_id") : ("follower_id", "followee_id");
        var found = await Follows($"SELECT * FROM {near} WHERE {own} = $1 ORDER BY follow_id");
        Assert.Equal(found, await Follows(
            $"""
            SELECT theirs.*
              FROM {near} AS mine
              JOIN {far} AS theirs ON theirs.{other} = mine.{other} AND theirs.{own} = mine.{own}
             WHERE mine.{own} = $1
             ORDER BY theirs.follow_id
            """));
        return found;
    }

    private async Task<IReadOnlyList<Follow>> Follows(string sql)
    {
        await using var command = followGraph.Database.CreateCommand(
            $"SELECT followee_id, follower_id, follow_id, shows_boosts, notifies FROM ({sql}) AS follow");
        command.Parameters.Add(new() { Value = _person });
        var follows = new List<Follow>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            follows.Add(new(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetBoolean(3), row.GetBoolean(4)));
        return follows;
    }

    private async Task<IReadOnlyList<(long Key, int Count)>> PacksIn(string packs)
    {
        await using var command = followGraph.Database.CreateCommand(
            $"""
            SELECT first_follow_id, cardinality(follow_ids) FROM {packs} WHERE account_id = $1 ORDER BY first_follow_id
            """);
        command.Parameters.Add(new() { Value = _person });
        var found = new List<(long, int)>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            found.Add((row.GetInt64(0), row.GetInt32(1)));
        return found;
    }

    private async Task<int> Number(string sql)
    {
        await using var command = followGraph.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = _person });
        return (int)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("There is no pack."));
    }
}
