using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microblog.ServiceDefaults.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microblog.Ingest.Storage;

/// <summary>
/// Which id a repeated request gets: one Redis string per author and key, holding the id, and one per author and
/// boosted post. They expire after <see cref="IngestOptions.IdempotencyKeyLifetime"/>. A lost one lets a repetition
/// through, and then the unique indexes of Timeline decide.
/// </summary>
internal sealed class IdempotencyKeys(RedisGateway redis, IOptions<IngestOptions> options)
{
    private readonly TimeSpan _lifetime = options.Value.IdempotencyKeyLifetime;

    /// <summary>The id that an earlier request with this key reserved; null when there was none.</summary>
    public async Task<long?> Find(long authorId, string key)
    {
        var reserved = await redis.Run(database => database.StringGetAsync(ForPost(authorId, key)));
        return reserved.IsNull ? null : (long)reserved;
    }

    /// <summary>
    /// The id for a post with this key: however many ask at once, all get what was <paramref name="fresh"/> to one.
    /// </summary>
    public Task<long> Reserve(long authorId, string key, long fresh) => Reserve(ForPost(authorId, key), fresh);

    /// <summary>The id for the boost of a post, which an account has only one of.</summary>
    public Task<long> ReserveBoost(long accountId, long postId, long fresh) =>
        Reserve(ForBoost(accountId, postId), fresh);

    /// <summary>Lets the account boost the post again under a new id.</summary>
    public Task ForgetBoost(long accountId, long postId) =>
        redis.Run(database => database.KeyDeleteAsync(ForBoost(accountId, postId)));

    private async Task<long> Reserve(RedisKey key, long fresh)
    {
        var holder = await redis.Run(async database =>
        {
            var reserved = database.StringSetAsync(key, fresh, _lifetime, When.NotExists);
            var current = database.StringGetAsync(key);
            await Task.WhenAll(reserved, current);
            return await current;
        });

        // It can only be missing if it expired between the two commands; then nobody else holds it.
        return holder.IsNull ? fresh : (long)holder;
    }

    // Hashed, because a key of any length and content must not become a key of Redis.
    private static RedisKey ForPost(long authorId, string key) => string.Create(
        CultureInfo.InvariantCulture,
        $"idempotency:{authorId}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}");

    private static RedisKey ForBoost(long accountId, long postId) =>
        string.Create(CultureInfo.InvariantCulture, $"idempotency:{accountId}:boost:{postId}");
}
