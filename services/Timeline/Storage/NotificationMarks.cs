using Microblog.ServiceDefaults.Postgres;

namespace Microblog.Timeline.Storage;

/// <summary>
/// What accounts have cleared and dismissed, in Postgres. Their lists in Redis hold the same as entries.
/// </summary>
internal sealed class NotificationMarks(PostgresReads database)
{
    private const string ClearSql =
        """
        INSERT INTO cleared_notifications (account_id, cleared_up_to) VALUES ($1, $2)
            ON CONFLICT (account_id) DO UPDATE
           SET cleared_up_to = GREATEST(cleared_notifications.cleared_up_to, EXCLUDED.cleared_up_to)
        """;

    private const string ForgetSql =
        "DELETE FROM dismissed_notifications WHERE account_id = $1 AND notification_id <= $2";

    private const string DismissSql =
        "INSERT INTO dismissed_notifications (account_id, notification_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    private const string ClearedSql = "SELECT cleared_up_to FROM cleared_notifications WHERE account_id = $1";

    private const string DismissedOfSql =
        "SELECT notification_id FROM dismissed_notifications WHERE account_id = $1 AND notification_id = ANY($2)";

    public async Task Clear(long accountId, long upTo, CancellationToken cancellationToken)
    {
        await Execute(ClearSql, accountId, upTo, cancellationToken);
        await Execute(ForgetSql, accountId, upTo, cancellationToken);
    }

    public Task Dismiss(long accountId, long notificationId, CancellationToken cancellationToken) =>
        Execute(DismissSql, accountId, notificationId, cancellationToken);

    /// <summary>0 when nothing was ever cleared.</summary>
    public async Task<long> ClearedUpTo(long accountId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ClearedSql);
        command.Parameters.Add(new() { Value = accountId });
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    public async Task<IReadOnlySet<long>> DismissedOf(
        long accountId,
        long[] notificationIds,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DismissedOfSql);
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = notificationIds });
        return new HashSet<long>(await PostRows.ReadIds(command, cancellationToken));
    }

    private async Task Execute(string sql, long accountId, long id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
