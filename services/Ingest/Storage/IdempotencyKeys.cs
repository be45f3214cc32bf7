using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.Ingest.Storage;

/// <summary>
/// Which id a repeated request gets: one Redis string per author and key, holding the id, and one per author and
/// boosted post. They expire after <see cref="IngestOptions.IdempotencyKeyLifetime"/>. While Redis is away each process
/// goes by what it remembers itself. A lost key lets a repetition through, and then the unique indexes of Timeline
/// decide.
/// </summary>
internal sealed class IdempotencyKeys(RedisGateway redis, IOptions<IngestOptions> options, TimeProvider clock)
{
    private readonly TimeSpan _lifetime = options.Value.IdempotencyKeyLifetime;
    private readonly RememberedKeys _remembered = new(
        options.Value.RememberedKeysMax, options.Value.IdempotencyKeyLifetime, clock);

    /// <summary>The id that an earlier request with this key reserved; null when there was none.</summary>
    public async Task<long?> Find(long authorId, string key)
    {
        var name = ForPost(authorId, key);
        try
        {
            var reserved = await redis.Run(database => database.StringGetAsync(name));
            // Redis knows nothing of a key that was reserved while it was away.
            return reserved.IsNull ? _remembered.Find(name) : (long)reserved;
        }
        catch (RedisAwayException)
        {
            return _remembered.Find(name);
        }
    }

    /// <summary>
    /// The id for a post with this key: however many ask at once, all get what was <paramref name="fresh"/> to one.
    /// While Redis is away that holds within this process.
    /// </summary>
    public Task<long> Reserve(long authorId, string key, long fresh) => Reserve(ForPost(authorId, key), fresh);

    /// <summary>The id for the boost of a post, which an account has only one of.</summary>
    public Task<long> ReserveBoost(long accountId, long postId, long fresh) =>
        Reserve(ForBoost(accountId, postId), fresh);

    /// <summary>Lets the account boost the post again under a new id.</summary>
    public async Task ForgetBoost(long accountId, long postId)
    {
        var name = ForBoost(accountId, postId);
        _remembered.Forget(name);
        try
        {
            await redis.Run(database => database.KeyDeleteAsync(name));
        }
        catch (RedisAwayException)
        {
            // The id stays reserved there. Whoever boosts again finds its boost deleted, and forgets it then.
        }
    }

    private async Task<long> Reserve(string name, long fresh)
    {
        var remembered = _remembered.FindOrAdd(name, fresh);
        try
        {
            var holder = await redis.Run(async database =>
            {
                var reserved = database.StringSetAsync(name, remembered, _lifetime, When.NotExists);
                var current = database.StringGetAsync(name);
                await Task.WhenAll(reserved, current);
                return await current;
            });

            // It can only be missing if it expired between the two commands; then nobody else holds it.
            var id = holder.IsNull ? remembered : (long)holder;
            _remembered.Set(name, id);
            return id;
        }
        catch (RedisAwayException)
        {
            return remembered;
        }
    }

    // Hashed, because a key of any length and content must not become a key of Redis.
    private static string ForPost(long authorId, string key) => string.Create(
        CultureInfo.InvariantCulture,
        $"idempotency:{authorId}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}");

    private static string ForBoost(long accountId, long postId) =>
        string.Create(CultureInfo.InvariantCulture, $"idempotency:{accountId}:boost:{postId}");
}
