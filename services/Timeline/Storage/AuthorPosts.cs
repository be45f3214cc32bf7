using Microblog.ServiceDefaults.Postgres;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>An author's posts and boosts, from Postgres.</summary>
internal sealed class AuthorPosts(PostgresReads database, long authorId, AuthorPostsFilter filter) : IPostSource
{
    private const string SqlBelow = $"SELECT id FROM posts WHERE {Sieve} ORDER BY id DESC LIMIT $4";

    private const string SqlAbove = $"SELECT id FROM posts WHERE {Sieve} ORDER BY id LIMIT $4";

    private const string Sieve =
        """
        author_id = $1 AND deleted_at IS NULL AND id < $2 AND id > $3
        AND (NOT $5 OR in_reply_to_id IS NULL OR in_reply_to_author_id = author_id)
        AND (NOT $6 OR boost_of_id IS NULL)
        AND ($7 IS NULL OR $7 = ANY(tags))
        """;

    public Task<IReadOnlyList<PageEntry>> Below(
        long below,
        long above,
        int count,
        CancellationToken cancellationToken) =>
        Read(SqlBelow, below, above, count, cancellationToken);

    public Task<IReadOnlyList<PageEntry>> Above(
        long above,
        long below,
        int count,
        CancellationToken cancellationToken) =>
        Read(SqlAbove, below, above, count, cancellationToken);

    private async Task<IReadOnlyList<PageEntry>> Read(
        string sql,
        long below,
        long above,
        int count,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = authorId });
        command.Parameters.Add(new() { Value = below });
        command.Parameters.Add(new() { Value = above });
        command.Parameters.Add(new() { Value = count });
        command.Parameters.Add(new() { Value = filter.ExcludesReplies });
        command.Parameters.Add(new() { Value = filter.ExcludesBoosts });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = filter.Tag });
        return [.. (await PostRows.ReadIds(command, cancellationToken)).Select(PageEntry.Of)];
    }
}
