using Microblog.ServiceDefaults.Postgres;

namespace Microblog.Timeline.Storage;

/// <summary>Hashtags that a public post has used, in lower case without <c>#</c>.</summary>
internal sealed class Tags(PostgresReads database)
{
    private const string FindSql = "SELECT id FROM tags WHERE name = $1";

    private const string SearchSql =
        "SELECT id, name FROM tags WHERE name LIKE $1 ORDER BY length(name), name LIMIT $2 OFFSET $3";

    /// <summary>The tag's id; null when no public post has used it.</summary>
    public async Task<long?> Find(string name, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FindSql);
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    /// <summary>Tags that begin with some text, the shortest first.</summary>
    public async Task<IReadOnlyList<(long Id, string Name)>> Search(
        string prefix,
        int limit,
        int offset,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(SearchSql);
        command.Parameters.Add(new() { Value = EscapeForLike(prefix) + "%" });
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = offset });
        var tags = new List<(long Id, string Name)>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            tags.Add((rows.GetInt64(0), rows.GetString(1)));
        return tags;
    }

    private static string EscapeForLike(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
