using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace Microblog.Outage;

/// <summary>Asks Postgres and, over HTTP, every reader for what there is.</summary>
public sealed class Witness(Instance instance, Client client, IReadOnlyList<Person> people) : IAsyncDisposable
{
    private const int PageLimit = 40;
    private const int PagesMax = 2_000;
    private const int ReadersAtOnce = 4;

    /// <summary>Ids are made from another process' clock, and a request takes a moment to get there.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _postgres =
        new NpgsqlDataSourceBuilder(instance.Server("MICROBLOG_POSTGRES")).Build();

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    /// <summary>Rows and favourites whole; homes only as far back as that moment.</summary>
    /// <exception cref="InvalidOperationException">A home timeline cannot be read to its end.</exception>
    public async Task<Evidence> Testify(DateTimeOffset since)
    {
        var homes = new ConcurrentDictionary<long, IReadOnlyList<HomeEntry>>();
        var inTurns = new ParallelOptions { MaxDegreeOfParallelism = ReadersAtOnce };
        await Parallel.ForEachAsync(
            people,
            inTurns,
            async (reader, _) => homes[reader.Id] = await Home(reader, FirstId(since - ClockMargin)));
        return new(await Rows(), await Favourites(), homes);
    }

    private static long FirstId(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() << 16;

    private async Task<IReadOnlyList<HomeEntry>> Home(Person reader, long firstId)
    {
        var entries = new List<HomeEntry>();
        var cursor = "";
        for (var page = 0; page < PagesMax; page++)
        {
            var path = $"/api/v1/timelines/home?limit={PageLimit}{cursor}";
            var statuses = (await client.Need(HttpMethod.Get, path, reader.Token)).AsArray();
            entries.AddRange(statuses.Select(status => Entry(status!)).Where(entry => entry.Id >= firstId));
            if (statuses.Count == 0 || Id(statuses[^1]!) < firstId)
                return entries;
            cursor = $"&max_id={Id(statuses[^1]!)}";
        }

        throw new InvalidOperationException($"The home of {reader.Name} has more than {PagesMax} pages.");
    }

    private static HomeEntry Entry(JsonNode status) => new(
        Id(status),
        Id(status["account"]!),
        (string)status["content"]!,
        status["reblog"] is { } original ? Id(original) : null);

    private static long Id(JsonNode entity) => long.Parse((string)entity["id"]!, CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<StoredRow>> Rows()
    {
        await using var command = _postgres.CreateCommand(
            "SELECT id, author_id, text, boost_of_id, deleted_at IS NOT NULL FROM posts.posts");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<StoredRow>();
        while (await reader.ReadAsync())
        {
            rows.Add(new(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.GetString(2),
                await reader.IsDBNullAsync(3) ? null : reader.GetInt64(3),
                reader.GetBoolean(4)));
        }

        return rows;
    }

    private async Task<IReadOnlySet<(long PostId, long AccountId)>> Favourites()
    {
        await using var command = _postgres.CreateCommand(
            "SELECT post_id, account_id FROM posts.favourites WHERE is_active");
        await using var reader = await command.ExecuteReaderAsync();
        var favourites = new HashSet<(long, long)>();
        while (await reader.ReadAsync())
            favourites.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return favourites;
    }
}
