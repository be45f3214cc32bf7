using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Postgres;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.Storage;

/// <summary>
/// Finds accounts by a part of their name: the exact name first, then names that begin so, then the rest.
/// </summary>
internal sealed class AccountSearch(PostgresReads database, IOptions<OriginOptions> origin)
{
    /// <summary>Characters of a query that are looked at; names are shorter.</summary>
    public const int QueryCharactersMax = 100;

    public const int LimitMax = 80;
    public const int OffsetMax = 10_000;

    // Trigrams need three letters, so that a shorter query finds only names that begin with it. Who does not want to be
    // discovered is found by the exact name alone.
    private const string Sql =
        """
        SELECT id
          FROM users
         WHERE (lower(username) LIKE $1 OR lower(display_name) LIKE $1)
           AND (discoverable OR lower(username) = $2)
           AND suspended_at IS NULL
           AND ($3::bigint[] IS NULL OR id = ANY ($3))
         ORDER BY lower(username) = $2 DESC,
                  starts_with(lower(username), $2) DESC,
                  starts_with(lower(display_name), $2) DESC,
                  id
         LIMIT $4 OFFSET $5
        """;

    /// <summary>Ids of the accounts that match, best first.</summary>
    /// <param name="query">
    /// As typed: <c>bob</c>, <c>@bob</c>, <c>bob@host[:port]</c>, or a part of a display name.
    /// </param>
    /// <param name="among">Only these accounts; null for all.</param>
    public async Task<IReadOnlyList<long>> Find(
        string query,
        int limit,
        int offset,
        IReadOnlyCollection<long>? among,
        CancellationToken cancellationToken)
    {
        if (LocalName(query) is not { Length: > 0 } name)
            return [];

        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = Pattern(name) });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new()
        {
            Value = among is null ? DBNull.Value : among.ToArray(),
            DataTypeName = "bigint[]",
        });
        command.Parameters.Add(new() { Value = Math.Clamp(limit, 1, LimitMax) });
        command.Parameters.Add(new() { Value = Math.Clamp(offset, 0, OffsetMax) });

        var found = new List<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(reader.GetInt64(0));
        return found;
    }

    /// <summary>The name in lower case, without <c>@</c> and our own host; null for a name at another host.</summary>
    public string? LocalName(string query)
    {
        var name = query.Trim().TrimStart('@').ToLowerInvariant();
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0 && !IsOurHost(name[(at + 1)..]))
            return null;

        name = at >= 0 ? name[..at] : name;
        return name.Length > QueryCharactersMax ? name[..QueryCharactersMax] : name;
    }

    private bool IsOurHost(string host)
    {
        var ours = new Uri(origin.Value.Origin);
        return host == ours.Host || host == $"{ours.Host}:{ours.Port}";
    }

    private static string Pattern(string name)
    {
        var literal = name.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        return name.Length < 3 ? $"{literal}%" : $"%{literal}%";
    }
}
