using System.Globalization;
using Microblog.ClientEntities;
using Microblog.Contracts.Timeline;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using Npgsql;
using StackExchange.Redis;

namespace Microblog.Timeline.Storage;

/// <summary>
/// Copies counters from Postgres to Redis: <see cref="PostSnapshots.CountsKey"/> and
/// <see cref="AccountSnapshots.Posts"/>. Run after the commit for everything that a batch names, changed or not, so
/// that repeating the batch makes up for a crash in between. A version decides between two copies.
/// </summary>
internal sealed class CountSnapshots(NpgsqlDataSource database, RedisGateway redis, PostDirectory snapshots)
{
    private const string PostsSql =
        "SELECT post_id, replies, boosts, favourites, version FROM post_counts WHERE post_id = ANY($1)";

    private const string AuthorsSql =
        "SELECT author_id, posts_count, last_post_on, version FROM authors WHERE author_id = ANY($1)";

    public async Task CopyPosts(IEnumerable<long> postIds, CancellationToken cancellationToken)
    {
        var ids = postIds.Distinct().ToArray();
        if (ids.Length == 0)
            return;
        await using var command = database.CreateCommand(PostsSql);
        command.Parameters.Add(new() { Value = ids });
        var counts = new Dictionary<long, PostCounts>(ids.Length);
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                counts[rows.GetInt64(0)] =
                    new(rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4));
        }

        await snapshots.WriteCounts(counts);
    }

    public async Task CopyAuthors(IEnumerable<long> authorIds, CancellationToken cancellationToken) =>
        await Write(await OfAuthors(authorIds, cancellationToken));

    /// <summary>One entry for each author asked for, zeros for one who never posted.</summary>
    public async Task<IReadOnlyList<AuthorCounts>> OfAuthors(
        IEnumerable<long> authorIds,
        CancellationToken cancellationToken)
    {
        var counts = authorIds.Distinct()
            .ToDictionary(id => id, id => new AuthorCounts(id, Posts: 0, LastPostOn: null, Version: 0));
        if (counts.Count == 0)
            return [];
        await using var command = database.CreateCommand(AuthorsSql);
        command.Parameters.Add(new() { Value = counts.Keys.ToArray() });
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                counts[rows.GetInt64(0)] = new(
                    rows.GetInt64(0),
                    rows.GetInt64(1),
                    await rows.IsDBNullAsync(2, cancellationToken) ? null : rows.GetFieldValue<DateOnly>(2),
                    rows.GetInt64(3));
        }

        return [.. counts.Values];
    }

    public Task Write(IReadOnlyList<AuthorCounts> counts) => redis.Run(store =>
        Task.WhenAll(counts.Select(count => Write(store, count))));

    private static Task Write(IDatabase store, AuthorCounts count)
    {
        var lastPostOn = count.LastPostOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";
        return AccountFields.Write(
            store,
            count.AccountId,
            AccountSnapshots.Posts,
            string.Create(CultureInfo.InvariantCulture, $"{count.Posts} {lastPostOn}"),
            count.Version);
    }
}
