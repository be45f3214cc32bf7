namespace Microblog.FollowGraph.Storage;

/// <summary>
/// What must happen to the pages of one author without anybody in between. Besides what is read, the hash has
/// <c>keeper</c>, the token of whoever is reading Postgres to write pages; <c>changing</c>, the token of a change that
/// is about to commit; and <c>held</c>, the number of pages that are complete again after that change.
/// </summary>
internal static class FollowerPageScripts
{
    public const string ChangingField = "changing";

    /// <summary>
    /// Answers 1 when the pages are to be kept, 0 when they are there or changing. KEYS[1] the pages; ARGV[1] the
    /// keeper's token, ARGV[2] and ARGV[3] seconds that pages being written, and complete ones, live.
    /// </summary>
    public const string Begin =
        """
        if redis.call('HEXISTS', KEYS[1], 'complete') == 1 then
          redis.call('EXPIRE', KEYS[1], ARGV[3])
          return 0
        end
        if redis.call('HEXISTS', KEYS[1], 'changing') == 1 then return 0 end
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], 'keeper', ARGV[1])
        redis.call('EXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    /// <summary>
    /// Writes a page for whoever is still the keeper. KEYS[1] the pages; ARGV[1] his token, ARGV[2] and ARGV[3] the
    /// page's number and content, ARGV[4] with the last page the number of all, otherwise empty, ARGV[5] seconds that
    /// complete pages live.
    /// </summary>
    public const string Keep =
        """
        if redis.call('HGET', KEYS[1], 'keeper') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
        if ARGV[4] == '' then return 1 end
        redis.call('HDEL', KEYS[1], 'keeper')
        redis.call('HSET', KEYS[1], 'complete', ARGV[4])
        redis.call('EXPIRE', KEYS[1], ARGV[5])
        return 1
        """;

    /// <summary>
    /// Lays a change over complete pages and lets nobody trust them until its end. Pages that are not complete, not
    /// even for an earlier change that has not ended, or that have too many changes over them, are dropped. KEYS[1] the
    /// pages; ARGV[1] the change's token, ARGV[2] seconds until it is given up, ARGV[3] changes that may lie over the
    /// pages, ARGV[4] and ARGV[5] the changed field and its value.
    /// </summary>
    public const string BeginChange =
        """
        local pages = redis.call('HGET', KEYS[1], 'complete')
        if pages and redis.call('HLEN', KEYS[1]) - 1 - pages < tonumber(ARGV[3]) then
          redis.call('HDEL', KEYS[1], 'complete')
          redis.call('HSET', KEYS[1], 'held', pages, 'changing', ARGV[1], ARGV[4], ARGV[5])
        else
          redis.call('DEL', KEYS[1])
          redis.call('HSET', KEYS[1], 'changing', ARGV[1])
        end
        return redis.call('EXPIRE', KEYS[1], ARGV[2])
        """;

    /// <summary>
    /// Completes the held pages after the commit, unless another change has begun. Where there is no trace of any
    /// change, whoever dropped it may have let pages be kept that do not show this one. KEYS[1] the pages; ARGV[1] the
    /// change's token, ARGV[2] seconds that complete pages live.
    /// </summary>
    public const string EndChange =
        """
        local changing = redis.call('HGET', KEYS[1], 'changing')
        if changing and changing ~= ARGV[1] then return 0 end
        local pages = redis.call('HGET', KEYS[1], 'held')
        if not changing or not pages then return redis.call('DEL', KEYS[1]) end
        redis.call('HDEL', KEYS[1], 'held', 'changing')
        redis.call('HSET', KEYS[1], 'complete', pages)
        return redis.call('EXPIRE', KEYS[1], ARGV[2])
        """;
}
