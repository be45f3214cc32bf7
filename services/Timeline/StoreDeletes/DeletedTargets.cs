using Microblog.Contracts.Ingest;
using Npgsql;

namespace Microblog.Timeline.StoreDeletes;

/// <summary>
/// What deleted posts replied to or boosted. Read again when the deletion is repeated, so not its own result.
/// </summary>
internal sealed class DeletedTargets(NpgsqlDataSource database)
{
    private const string Sql = "SELECT in_reply_to_id, boost_of_id FROM posts WHERE id = ANY($1)";

    public async Task<IReadOnlyList<long>> Of(
        IEnumerable<PostDeleted> deletions,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = deletions.Select(deletion => deletion.PostId).ToArray() });
        var targets = new List<long>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (!await rows.IsDBNullAsync(0, cancellationToken))
                targets.Add(rows.GetInt64(0));
            if (!await rows.IsDBNullAsync(1, cancellationToken))
                targets.Add(rows.GetInt64(1));
        }

        return targets;
    }
}
