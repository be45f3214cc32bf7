using Microblog.Admin.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Admin.Check;

/// <summary>The followers that FollowGraph has at hand without Postgres.</summary>
internal sealed class FollowersAtHand(Database database, RedisGateway redis) : IComparison
{
    private const string Sql =
        """
        SELECT followee_id, follower_id, shows_boosts FROM graph.followers WHERE followee_id = ANY($1)
        """;

    public string Title => "Followers at hand";

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        RedisKeys.Ids(redis, "follower-pages", cancellationToken).Subjects();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken)
    {
        var authorIds = Ids.Of(subjects);
        var hashes = await redis.Run(store => Task.WhenAll(
            authorIds.Select(id => store.HashGetAllAsync(FollowerSnapshots.Key(id)))));
        var follows = (await database.Read(
                Sql,
                row => (FolloweeId: row.GetInt64(0), Follower: (row.GetInt64(1), row.GetBoolean(2))),
                cancellationToken,
                authorIds))
            .ToLookup(follow => follow.FolloweeId, follow => follow.Follower);
        return
        [
            .. authorIds.Zip(hashes, Pages)
                .Where(author => author.Followers is not null && !author.Followers.SetEquals(follows[author.Id]))
                .Select(author => new Difference(
                    Ids.Text(author.Id),
                    $"{author.Followers!.Except(follows[author.Id]).Count()} of the followers at hand are none, "
                    + $"{follows[author.Id].Except(author.Followers!).Count()} are missing",
                    author.Id)),
        ];
    }

    public async Task<string?> Repair(string subject, CancellationToken cancellationToken)
    {
        await redis.Run(store => store.KeyDeleteAsync(FollowerSnapshots.Key(Ids.Of(subject))));
        return $"The followers of {subject} at hand were dropped; his next post writes them again.";
    }

    /// <summary>Without followers where the hash says nothing.</summary>
    private static (long Id, HashSet<(long Id, bool ShowsBoosts)>? Followers) Pages(long authorId, HashEntry[] hash)
    {
        var followers = FollowerSnapshots.Read(
            hash.ToDictionary(field => field.Name.ToString(), field => (byte[]?)field.Value));
        return (authorId, followers?.ToHashSet());
    }
}
