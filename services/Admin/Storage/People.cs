namespace Microblog.Admin.Storage;

/// <summary>Names and ids of accounts.</summary>
internal sealed class People(Database database)
{
    private const string ByNameSql =
        """
        SELECT id FROM accounts.users WHERE lower(username) = lower($1)
        """;

    private const string ByIdSql = "SELECT id, username FROM accounts.users WHERE id = ANY($1)";

    /// <exception cref="FailureException">Nobody has this name.</exception>
    public async Task<long> Find(string name, CancellationToken cancellationToken)
    {
        var found = await database.Read(ByNameSql, row => row.GetInt64(0), cancellationToken, name.TrimStart('@'));
        return found.Count > 0 ? found[0] : throw new FailureException($"Nobody is called {name}.");
    }

    /// <summary>The names of those who exist.</summary>
    public async Task<IReadOnlyDictionary<long, string>> Names(
        IEnumerable<long> accountIds,
        CancellationToken cancellationToken)
    {
        var found = await database.Read(
            ByIdSql,
            row => (Id: row.GetInt64(0), Name: row.GetString(1)),
            cancellationToken,
            accountIds.Distinct().ToArray());
        return found.ToDictionary(person => person.Id, person => person.Name);
    }
}
