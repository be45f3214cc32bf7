using Microblog.Contracts.Ingest;
using Npgsql;

namespace Microblog.Timeline.Storage;

/// <summary>
/// The posts that lost against another one while these were stored. Read after the commit, and again when the batch is
/// repeated, so that a crash in between announces them twice rather than never.
/// </summary>
internal sealed class Retractions(NpgsqlDataSource database)
{
    private const string Sql =
        """
        SELECT id, author_id, boost_of_id, deleted_at,
               (SELECT winner.id
                  FROM posts AS winner
                 WHERE winner.author_id = posts.author_id AND winner.boost_of_id = posts.boost_of_id
                   AND winner.deleted_at IS NULL)
          FROM posts
         WHERE is_retracted
           AND (id = ANY($1) OR (author_id, boost_of_id) IN (SELECT * FROM unnest($2, $3)))
        """;

    public async Task<IReadOnlyList<Retraction>> Of(
        IReadOnlyCollection<PostCreated> stored,
        CancellationToken cancellationToken)
    {
        var boosts = stored.Where(post => post.BoostOfId is not null).ToArray();
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = stored.Select(post => post.PostId).ToArray() });
        command.Parameters.Add(new() { Value = boosts.Select(boost => boost.AuthorId).ToArray() });
        command.Parameters.Add(new() { Value = boosts.Select(boost => boost.BoostOfId).OfType<long>().ToArray() });

        var retractions = new List<Retraction>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var deleted = new PostDeleted(rows.GetInt64(0), rows.GetInt64(1), rows.GetFieldValue<DateTimeOffset>(3));
            retractions.Add(new(
                deleted,
                BoostOfId: rows.IsDBNull(2) ? null : rows.GetInt64(2),
                WinnerId: rows.IsDBNull(4) ? 0 : rows.GetInt64(4)));
        }

        return retractions;
    }
}
