using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;

namespace Microblog.Ingest.Storage;

/// <summary>
/// Writes what an account did with a post into <see cref="PostMarks"/>, so that its next read shows it. Only after the
/// change is durable: a mark without its change would keep the account from trying again.
/// </summary>
internal sealed class WrittenMarks(RedisGateway redis)
{
    public Task Favourite(long accountId, long postId, bool isFavourite) =>
        Write(accountId, PostMarks.Favourite(postId), isFavourite ? 1 : 0);

    public Task Bookmark(long accountId, long postId, bool isBookmarked) =>
        Write(accountId, PostMarks.Bookmark(postId), isBookmarked ? 1 : 0);

    /// <param name="boostId">0 when the boost was taken back.</param>
    public Task Boost(long accountId, long postId, long boostId) =>
        Write(accountId, PostMarks.Boost(postId), boostId);

    private Task<bool[]> Write(long accountId, string field, long value) => redis.Run(database => Task.WhenAll(
        database.HashSetAsync(PostMarks.Key(accountId), field, value),
        database.KeyExpireAsync(PostMarks.Key(accountId), PostMarks.Lifetime)));
}
