using Npgsql;

namespace Microblog.Admin.Storage;

/// <summary>
/// All three schemas, read with the role <c>microblog_operator</c>, which sees ids and counters and nobody's words.
/// Tables are named with their schema.
/// </summary>
internal sealed class Database(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public async Task<List<T>> Read<T>(
        string sql,
        Func<NpgsqlDataReader, T> row,
        CancellationToken cancellationToken,
        params object[] parameters)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        var found = new List<T>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            found.Add(row(rows));
        return found;
    }

    /// <summary>
    /// Runs the statements in one transaction, all with the same parameter. Each sees what was committed before it
    /// began, and so what others did while an earlier one waited for their locks.
    /// </summary>
    public async Task<int> Change(
        IReadOnlyList<string> statements,
        object parameter,
        CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = 0;
        foreach (var sql in statements)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new() { Value = parameter });
            changed = await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return changed;
    }

    /// <summary>Pages of ids, ascending.</summary>
    /// <param name="sql">With the last id of the page before as <c>$1</c> and the size of a page as <c>$2</c>.</param>
    public async IAsyncEnumerable<IReadOnlyList<long>> Ids(
        string sql,
        int pageSize,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        List<long> page;
        do
        {
            page = await Read(sql, row => row.GetInt64(0), cancellationToken, after, pageSize);
            if (page.Count > 0)
            {
                yield return page;
                after = page[^1];
            }
        }
        while (page.Count == pageSize);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
