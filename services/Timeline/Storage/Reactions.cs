using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Postgres;

namespace Microblog.Timeline.Storage;

/// <summary>Who boosted or favourited a post. The cursor is the id of the boost or of the favourite.</summary>
internal sealed class Reactions(PostgresReads database)
{
    private const string Boosts =
        """
        SELECT id, author_id FROM posts
         WHERE boost_of_id = $4 AND deleted_at IS NULL AND id < $1 AND id > $2
        """;

    private const string Favourites =
        """
        SELECT change_id, account_id FROM favourites
         WHERE post_id = $4 AND is_active AND change_id < $1 AND change_id > $2
        """;

    private const string Down = " ORDER BY 1 DESC LIMIT $3";

    private const string Up = " ORDER BY 1 LIMIT $3";

    public Task<IReadOnlyList<(long Cursor, long AccountId)>> BoostsOf(
        long postId,
        Page page,
        CancellationToken cancellationToken) => Read(Boosts, postId, page, cancellationToken);

    public Task<IReadOnlyList<(long Cursor, long AccountId)>> FavouritesOf(
        long postId,
        Page page,
        CancellationToken cancellationToken) => Read(Favourites, postId, page, cancellationToken);

    private async Task<IReadOnlyList<(long Cursor, long AccountId)>> Read(
        string sql,
        long postId,
        Page page,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql + (page.MinId is null ? Down : Up));
        command.Parameters.Add(new() { Value = page.MaxId ?? long.MaxValue });
        command.Parameters.Add(new() { Value = page.MinId ?? page.SinceId ?? 0 });
        command.Parameters.Add(new() { Value = page.Limit });
        command.Parameters.Add(new() { Value = postId });

        var reactions = new List<(long Cursor, long AccountId)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            reactions.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return [.. reactions.OrderByDescending(reaction => reaction.Cursor)];
    }
}
