using System.Globalization;
using Microblog.ClientEntities;
using Microblog.Contracts.FollowGraph;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Postgres;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.FollowGraph.Storage;

/// <summary>
/// Follow counts: counted in <c>people</c>, shown in <see cref="AccountSnapshots"/>. Writing them again, or late,
/// changes nothing: an older version never replaces a newer one.
/// </summary>
internal sealed class FollowCountSnapshots(PostgresReads database, RedisGateway redis)
{
    private const string Sql =
        """
        SELECT asked.account_id,
               COALESCE(people.followers_count, 0),
               COALESCE(people.following_count, 0),
               COALESCE(people.counts_version, 0)
          FROM unnest($1) AS asked(account_id)
          LEFT JOIN people USING (account_id)
        """;

    /// <summary>Writes the counts of Postgres to the snapshots.</summary>
    public async Task Restore(IReadOnlyCollection<long> accountIds, CancellationToken cancellationToken) =>
        await Write(await Read(accountIds, cancellationToken));

    /// <summary>The counts from Postgres; zeros for those who never had a relation.</summary>
    public async Task<IReadOnlyList<FollowCounts>> Read(
        IReadOnlyCollection<long> accountIds,
        CancellationToken cancellationToken)
    {
        var counts = new List<FollowCounts>(accountIds.Count);
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = accountIds.Distinct().ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
        return counts;
    }

    public Task Write(IEnumerable<Person> people) => Write(people.Select(person => new FollowCounts(
        person.AccountId, person.FollowersCount, person.FollowingCount, person.CountsVersion)));

    public async Task Write(IEnumerable<FollowCounts> counts) => await redis.Run(store => Task.WhenAll(
        counts.Select(count => AccountFields.Write(
            store,
            count.AccountId,
            AccountSnapshots.Follows,
            string.Create(CultureInfo.InvariantCulture, $"{count.Followers} {count.Following}"),
            count.Version))));
}
