using Microblog.Contracts.Timeline;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Microblog.Accounts.ShowInstance;

/// <summary>
/// How many people and posts there are, counted now and then. While they cannot be counted, the last numbers stand:
/// every client asks for the instance first, and must get it.
/// </summary>
internal sealed class InstanceCounts(
    NpgsqlDataSource database,
    Publisher publisher,
    IOptions<AccountsOptions> options,
    TimeProvider clock) : IDisposable
{
    private const string CountPeopleSql = "SELECT count(*) FROM users";

    private readonly SemaphoreSlim _counting = new(1);
    private Counts _counts = new(People: 0, Posts: 0);
    private DateTimeOffset _countAgainAt;

    public async Task<Counts> Get(HttpContext http)
    {
        // One request counts; the others need not wait for it.
        if (clock.GetUtcNow() < _countAgainAt || !await _counting.WaitAsync(TimeSpan.Zero))
            return _counts;

        try
        {
            _counts = new(await People(http), await Posts(http));
            _countAgainAt = clock.GetUtcNow() + options.Value.InstanceCountsAge;
            return _counts;
        }
        finally
        {
            _counting.Release();
        }
    }

    public void Dispose() => _counting.Dispose();

    private async Task<long> People(HttpContext http)
    {
        try
        {
            await using var command = database.CreateCommand(CountPeopleSql);
            return await command.ExecuteScalarAsync(http.RequestAborted) is long people ? people : 0;
        }
        catch (NpgsqlException)
        {
            StandbyHeader.Mark(http, "postgres");
            return _counts.People;
        }
    }

    private async Task<long> Posts(HttpContext http)
    {
        try
        {
            return (await publisher.Ask<CountPosts, PostsCounted>(new(), http.RequestAborted)).Posts;
        }
        catch (BrokerAwayException)
        {
            // Either the broker or Timeline; which one, their own health tells.
            StandbyHeader.Mark(http, "timeline");
            return _counts.Posts;
        }
    }

    internal sealed record Counts(long People, long Posts);
}
