using System.Globalization;
using Microblog.Admin.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Admin.Check;

/// <summary>Profiles and counters of accounts in Redis.</summary>
internal sealed class AccountCopies(Database database, RedisGateway redis) : IComparison
{
    private const string Sql =
        """
        SELECT account.id, users.version,
               coalesce(followers_count, 0), coalesce(following_count, 0), coalesce(posts_count, 0), last_post_on
          FROM unnest($1) AS account (id)
          LEFT JOIN accounts.users ON users.id = account.id
          LEFT JOIN graph.people ON people.account_id = account.id
          LEFT JOIN posts.authors ON authors.author_id = account.id
        """;

    private static readonly RedisValue[] Fields =
        [AccountSnapshots.Profile + ":version", AccountSnapshots.Follows, AccountSnapshots.Posts];

    public string Title => "Accounts in Redis";

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        RedisKeys.Ids(redis, "account", cancellationToken).Subjects();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken)
    {
        var ids = Ids.Of(subjects);
        var copies = await redis.Run(store => Task.WhenAll(
            ids.Select(id => store.HashGetAsync(AccountSnapshots.Key(id), Fields))));
        var copyOf = ids.Zip(copies)
            .DistinctBy(pair => pair.First)
            .ToDictionary(pair => pair.First, pair => pair.Second);
        var rows = await database.Read(
            Sql,
            row => (Id: row.GetInt64(0), Values: new[]
            {
                row.IsDBNull(1) ? "nobody" : Ids.Text(row.GetInt64(1)),
                $"{row.GetInt64(2)} {row.GetInt64(3)}",
                $"{row.GetInt64(4)} {Day(row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5))}",
            }),
            cancellationToken,
            ids);
        return
        [
            .. from row in rows
               from field in Enumerable.Range(0, Fields.Length)
               let copy = copyOf[row.Id][field]
               where !copy.IsNull && copy != row.Values[field]
               select new Difference(
                   Ids.Text(row.Id),
                   $"{Fields[field]} is {copy} in Redis and {row.Values[field]} in Postgres",
                   row.Id),
        ];
    }

    public async Task<string?> Repair(string subject, CancellationToken cancellationToken)
    {
        await redis.Run(store => store.KeyDeleteAsync(AccountSnapshots.Key(Ids.Of(subject))));
        return $"The copy of account {subject} was dropped; its owners write it again when it is needed.";
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";
}
