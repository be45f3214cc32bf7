using System.Globalization;
using StackExchange.Redis;

namespace Microblog.LoadTest.Measuring;

/// <summary>Redis, asked directly: what it holds, and whether a timeline holds a post.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly ConnectionMultiplexer _connection;

    private RedisServer(ConnectionMultiplexer connection)
    {
        _connection = connection;
    }

    public IDatabase Database => _connection.GetDatabase();

    public static async Task<RedisServer> Connect(string settings)
    {
        var options = ConfigurationOptions.Parse(settings);
        // INFO counts as administration.
        options.AllowAdmin = true;
        return new(await ConnectionMultiplexer.ConnectAsync(options));
    }

    /// <summary>Bytes in use, of all masters together.</summary>
    public async Task<long> ReadMemory()
    {
        var sum = 0L;
        foreach (var end in _connection.GetEndPoints())
        {
            var sections = await _connection.GetServer(end).InfoAsync("memory");
            sum += long.Parse(
                sections.SelectMany(section => section).Single(line => line.Key == "used_memory").Value,
                CultureInfo.InvariantCulture);
        }

        return sum;
    }

    /// <summary>Bytes of one key with everything that belongs to it; null when there is none.</summary>
    public async Task<long?> MemoryOf(RedisKey key)
    {
        // SAMPLES 0: all of it is looked at.
        var bytes = await Database.ExecuteAsync("MEMORY", "USAGE", key, "SAMPLES", 0);
        return bytes.IsNull ? null : (long)bytes;
    }

    public void Dispose() => _connection.Dispose();
}
