using Microblog.Admin.Storage;
using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Admin.Check;

/// <summary>Revoked tokens, which services that start look up in Redis.</summary>
internal sealed class RevokedTokenCopies(Database database, RedisGateway redis) : IComparison
{
    private const int PageSize = 1_000;

    private const string TokensSql =
        """
        SELECT id
          FROM accounts.tokens
         WHERE revoked_at IS NOT NULL AND expires_at > now() AND id > $1
         ORDER BY id
         LIMIT $2
        """;

    private const string ExpirySql = "SELECT expires_at FROM accounts.tokens WHERE id = $1";

    public string Title => "Revoked tokens in Redis";

    public IAsyncEnumerable<IReadOnlyList<string>> Subjects(CancellationToken cancellationToken) =>
        database.Ids(TokensSql, PageSize, cancellationToken).Subjects();

    public async Task<IReadOnlyList<Difference>> Compare(
        IReadOnlyList<string> subjects,
        CancellationToken cancellationToken)
    {
        var scores = await redis.Run(store => Task.WhenAll(
            subjects.Select(subject => store.SortedSetScoreAsync(RevokedTokens.Key, subject))));
        return
        [
            .. subjects.Zip(scores)
                .Where(pair => pair.Second is null)
                .Select(pair => new Difference(
                    pair.First, $"token {pair.First} is revoked in Postgres and not in Redis")),
        ];
    }

    public async Task<string?> Repair(string subject, CancellationToken cancellationToken)
    {
        var expiresAt = (await database.Read(
            ExpirySql, row => row.GetFieldValue<DateTimeOffset>(0), cancellationToken, Ids.Of(subject)))[0];
        await redis.Run(store => store.SortedSetAddAsync(RevokedTokens.Key, subject, expiresAt.ToUnixTimeSeconds()));
        return $"Token {subject} is among the revoked ones in Redis.";
    }
}
