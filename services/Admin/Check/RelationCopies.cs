using System.Globalization;
using Microblog.Admin.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Admin.Check;

/// <summary>Whom somebody follows, blocks and mutes, in Redis.</summary>
internal sealed class RelationCopies(Database database, RedisGateway redis) : IComparison
{
    // Who is blocked by more than this is not compared in full: FollowGraph leaves the oldest blocks out.
    private const int RelationsMax = 50_000;

    // The numbers are the bits of Standing.
    private const string Sql =
        """
        SELECT account_id, other_id, bit_or(flags)
          FROM (SELECT follower_id AS account_id, followee_id AS other_id,
                       1 | CASE WHEN shows_boosts THEN 0 ELSE 2 END | CASE WHEN notifies THEN 4 ELSE 0 END AS flags
                  FROM graph.followees
                 WHERE follower_id = ANY($1)
                UNION ALL
                SELECT account_id, blocked_id, 8 FROM graph.blocks WHERE account_id = ANY($1)
                UNION ALL
                SELECT blocked_id, account_id, 16 FROM graph.blocks WHERE blocked_id = ANY($1)
                UNION ALL
                SELECT account_id, muted_id, 32 | CASE WHEN hides_notifications THEN 64 ELSE 0 END
                  FROM graph.mutes
                 WHERE account_id = ANY($1) AND (ends_at IS NULL OR ends_at > now())
                UNION ALL
                SELECT follower_id, followee_id, 128 FROM graph.follow_requests WHERE follower_id = ANY($1)) AS relation
         GROUP BY account_id, other_id
        """;

    public string Title => "Relations in Redis";

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        RedisKeys.Ids(redis, "relations", cancellationToken).Subjects();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken)
    {
        var ids = Ids.Of(subjects);
        var hashes = await redis.Run(store => Task.WhenAll(
            ids.Select(id => store.HashGetAllAsync(RelationSnapshots.Key(id)))));
        var rows = (await database.Read(
                Sql,
                row => (AccountId: row.GetInt64(0), Other: (Id: row.GetInt64(1), Standing: (Standing)row.GetInt32(2))),
                cancellationToken,
                ids))
            .ToLookup(row => row.AccountId, row => row.Other);
        return
        [
            .. from copy in ids.Zip(hashes, Copy.Of)
               where copy.IsTrusted && copy.Others.Count < RelationsMax
               from other in copy.Others.Except(rows[copy.AccountId]).Concat(rows[copy.AccountId].Except(copy.Others))
                   .Select(other => other.Id)
                   .Distinct()
               select new Difference(
                   Ids.Text(copy.AccountId),
                   $"the relation to {other} is not the one of Postgres",
                   copy.AccountId),
        ];
    }

    public async Task<string?> Repair(string subject, CancellationToken cancellationToken)
    {
        await redis.Run(store => store.KeyDeleteAsync(RelationSnapshots.Key(Ids.Of(subject))));
        return $"The relations of {subject} in Redis were dropped; FollowGraph writes them again when they are needed.";
    }

    private sealed record Copy(long AccountId, bool IsTrusted, IReadOnlyCollection<(long Id, Standing Standing)> Others)
    {
        public static Copy Of(long accountId, HashEntry[] hash)
        {
            var now = TimeProvider.System.GetUtcNow();
            var others = hash
                .Where(field => char.IsAsciiDigit(field.Name.ToString()[0]))
                .Select(field => (
                    Id: long.Parse(field.Name.ToString(), CultureInfo.InvariantCulture),
                    Standing: RelationSnapshots.Decode(field.Value.ToString(), now)))
                .Where(other => other.Standing != Standing.None);
            return new(
                accountId,
                hash.Any(field => field.Name == RelationSnapshots.CompleteField),
                [.. others]);
        }
    }
}
