using Microblog.ServiceDefaults.Postgres;

namespace Microblog.Timeline.Storage;

/// <summary>A list of posts that two statements walk, one for each direction.</summary>
/// <param name="sqlBelow">
/// Selects cursor and post id, descending; <c>$1</c> cursors below, <c>$2</c> cursors above, <c>$3</c> rows wanted,
/// then <paramref name="parameters"/>.
/// </param>
/// <param name="sqlAbove">The same, ascending.</param>
internal sealed class KeysetQuery(
    PostgresReads database,
    string sqlBelow,
    string sqlAbove,
    params IReadOnlyList<object> parameters) : IPostSource
{
    public Task<IReadOnlyList<PageEntry>> Below(
        long below,
        long above,
        int count,
        CancellationToken cancellationToken) =>
        Read(sqlBelow, below, above, count, cancellationToken);

    public Task<IReadOnlyList<PageEntry>> Above(
        long above,
        long below,
        int count,
        CancellationToken cancellationToken) =>
        Read(sqlAbove, below, above, count, cancellationToken);

    private async Task<IReadOnlyList<PageEntry>> Read(
        string sql,
        long below,
        long above,
        int count,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = below });
        command.Parameters.Add(new() { Value = above });
        command.Parameters.Add(new() { Value = count });
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });

        var entries = new List<PageEntry>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            entries.Add(new(rows.GetInt64(0), rows.GetInt64(1)));
        return entries;
    }
}
