using Microblog.Bench.Peers;
using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.Bench.Systems;

/// <summary>
/// Fills lists with as many old posts as they keep: one is pushed, and copied as Redis itself would restore it, which
/// takes seconds for a gigabyte.
/// </summary>
public sealed class TimelineFiller : IDisposable
{
    private const int ListsPerPipeline = 200;

    private readonly ConnectionMultiplexer _connection;
    private readonly RespClient _raw;
    private readonly TimeProvider _clock;

    private TimelineFiller(ConnectionMultiplexer connection, RespClient raw, TimeProvider clock)
    {
        _connection = connection;
        _raw = raw;
        _clock = clock;
    }

    private IDatabase Database => _connection.GetDatabase();

    public static async Task<TimelineFiller> Connect(string settings, TimeProvider clock) => new(
        await ConnectionMultiplexer.ConnectAsync(settings),
        await RespClient.Connect(settings),
        clock);

    /// <summary>Each key then holds a full list of ids that are older than any post of this run.</summary>
    public async Task Fill(IReadOnlyList<string> keys)
    {
        RedisKey model = "bench:model";
        await Database.KeyDeleteAsync(model);
        foreach (var id in OldIds())
            await Database.ListRightPushAsync(model, id);
        await Copy(model, keys);
        await Database.KeyDeleteAsync(model);
    }

    /// <summary>Each key then holds what the model holds.</summary>
    public async Task Copy(RedisKey model, IReadOnlyList<string> keys)
    {
        var image = await Database.KeyDumpAsync(model)
            ?? throw new InvalidOperationException("There is nothing to copy.");
        foreach (var some in keys.Chunk(ListsPerPipeline))
        {
            foreach (var key in some)
            {
                _raw.Begin(5);
                _raw.AddWord("RESTORE");
                _raw.AddWord(key);
                _raw.AddWord("0");
                _raw.AddWord(image);
                _raw.AddWord("REPLACE");
            }

            await _raw.Run();
        }

        if (_raw.ErrorCount > 0)
            throw new InvalidOperationException($"Redis refused {_raw.ErrorCount} copies.");
    }

    /// <summary>Rewrites the append-only file now, so that Redis does not while something is measured.</summary>
    public async Task Compact()
    {
        // One may have begun by itself.
        await Rewritten();
        await Database.ExecuteAsync("BGREWRITEAOF");
        await Rewritten();
    }

    public void Dispose()
    {
        _raw.Dispose();
        _connection.Dispose();
    }

    private async Task Rewritten()
    {
        while (await IsRewriting())
            await Task.Delay(TimeSpan.FromMilliseconds(100), _clock);
    }

    private async Task<bool> IsRewriting()
    {
        var lines = ((string?)await Database.ExecuteAsync("INFO", "persistence") ?? "").Split("\r\n");
        return lines.Any(line => line is "aof_rewrite_in_progress:1" or "aof_rewrite_scheduled:1");
    }

    // A month old, eighteen digits as the real ones.
    private IEnumerable<long> OldIds()
    {
        var first = _clock.GetUtcNow().AddDays(-30).ToUnixTimeMilliseconds();
        return Enumerable.Range(0, TimelineLists.EntriesMax).Select(i => (first + (1000L * i)) << 16);
    }
}
