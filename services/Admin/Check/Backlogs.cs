using System.Globalization;
using Microblog.Admin.Storage;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Admin.Check;

/// <summary>
/// What waits, and does not move on: in queues, in the spool, in Postgres for the broker or for Redis.
/// </summary>
internal sealed class Backlogs(Broker broker, Database database, RedisGateway redis) : IComparison
{
    private const string Spool = "spool";

    // The oldest, because the number of a busy outbox is never zero.
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["outbox of Accounts"] = "SELECT coalesce(min(id), 0) FROM accounts.outbox",
        ["outbox of FollowGraph"] = "SELECT coalesce(min(id), 0) FROM graph.outbox",
        ["posts Redis was not told of"] = "SELECT coalesce(min(post_id), 0) FROM posts.unwritten_snapshots",
    };

    public string Title => "What is under way";

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        new IReadOnlyList<string>[] { [Spool, .. Tables.Keys, .. Topology.Read().Queues] }.ToAsyncEnumerable();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken)
    {
        var differences = new List<Difference>();
        foreach (var subject in subjects)
        {
            var waiting = subject == Spool
                ? await OldestInSpool()
                : Tables.TryGetValue(subject, out var sql)
                    ? await OldestIn(sql, cancellationToken)
                    : await broker.Ready(subject, cancellationToken) > 0 ? "messages" : null;
            if (waiting is not null)
                differences.Add(new(subject, $"{waiting} wait in: {subject}"));
        }

        return differences;
    }

    // The services do that, once they can.
    public Task<string?> Repair(string subject, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    private async Task<string?> OldestIn(string sql, CancellationToken cancellationToken) =>
        (await database.Read(sql, row => row.GetInt64(0), cancellationToken))[0] is var oldest and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{oldest} and later ones")
            : null;

    private async Task<string?> OldestInSpool()
    {
        var entries = (RedisResult[]?)await redis.Run(store =>
            store.ExecuteAsync("XRANGE", Spool, "-", "+", "COUNT", 1)) ?? [];
        return entries is [var entry, ..] && (RedisResult[]?)entry is [var id, ..]
            ? $"{(RedisValue)id} and later ones"
            : null;
    }
}
