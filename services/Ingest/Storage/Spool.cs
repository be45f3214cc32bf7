using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.Ingest.Storage;

/// <summary>
/// The second durable place for what people write: a Redis stream <c>spool</c>, oldest first, filled while the broker
/// does not confirm and emptied by <c>DrainSpool</c>. As durable as the append-only file of that Redis. An entry may
/// be in the broker already, and is harmless there: consumers know it by its id.
/// </summary>
internal sealed class Spool(RedisGateway redis, IOptions<IngestOptions> options)
{
    private static readonly RedisKey Key = "spool";
    private static readonly RedisKey UnreadableKey = "spool-unreadable";

    private readonly long _max = options.Value.SpoolMax;
    private long _length;

    /// <summary>
    /// Keeps a write. False when the spool is full; replicas that fill it at once may pass its bound by what they have
    /// under way.
    /// </summary>
    /// <exception cref="RedisAwayException">Redis is away. The write may be kept all the same.</exception>
    public async Task<bool> TryAdd<TMessage>(TMessage message)
        where TMessage : class
    {
        // Known from the last write; somebody may have emptied it since.
        if (Volatile.Read(ref _length) >= _max && await Length() >= _max)
            return false;

        var type = typeof(TMessage).FullName ?? throw new InvalidOperationException("A contract needs a full name.");
        var body = JsonSerializer.SerializeToUtf8Bytes(message);
        Volatile.Write(ref _length, await redis.Run(async database =>
        {
            var added = database.ExecuteAsync(
                "XADD", Key, "*", "type", type, "body", (RedisValue)body, "trace",
                Activity.Current?.Id ?? "");
            var length = database.ExecuteAsync("XLEN", Key);
            await Task.WhenAll(added, length);
            return (long)await length;
        }));
        return true;
    }

    /// <summary>The oldest writes, in the order in which they were kept.</summary>
    public async Task<IReadOnlyList<SpooledWrite>> First(int writesMax)
    {
        var entries = (RedisResult[]?)await redis.Run(database =>
            database.ExecuteAsync("XRANGE", Key, "-", "+", "COUNT", writesMax)) ?? [];
        return [.. entries.Select(Read)];
    }

    public async Task<long> Length()
    {
        var length = (long)await redis.Run(database => database.ExecuteAsync("XLEN", Key));
        Volatile.Write(ref _length, length);
        return length;
    }

    /// <summary>Forgets a write that the broker has confirmed.</summary>
    public Task Remove(SpooledWrite write) => redis.Run(database => database.ExecuteAsync("XDEL", Key, write.Id));

    /// <summary>
    /// Moves what nobody can publish out of the way of the rest, into the stream <c>spool-unreadable</c>.
    /// </summary>
    public Task SetAside(SpooledWrite write) => redis.Run(async database =>
    {
        await database.ExecuteAsync(
            "XADD", UnreadableKey, "*", "type", write.Type, "body", (RedisValue)write.Body, "trace",
            write.TraceParent ?? "");
        return await database.ExecuteAsync("XDEL", Key, write.Id);
    });

    /// <summary>When the write was kept, by the clock of Redis.</summary>
    public static DateTimeOffset KeptAt(SpooledWrite write) => DateTimeOffset.FromUnixTimeMilliseconds(
        long.Parse(write.Id.Split('-')[0], CultureInfo.InvariantCulture));

    // An entry is its id and a list of names and values in turn.
    private static SpooledWrite Read(RedisResult entry)
    {
        var parts = (RedisResult[]?)entry ?? [];
        var fields = (RedisValue[]?)parts[1] ?? [];
        var trace = fields[5].ToString();
        return new(
            ((RedisValue)parts[0]).ToString(),
            fields[1].ToString(),
            (byte[]?)fields[3] ?? [],
            trace.Length == 0 ? null : trace);
    }
}
