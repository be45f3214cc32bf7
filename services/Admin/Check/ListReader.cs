using Microblog.Keyspaces;
using Microblog.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Microblog.Admin.Check;

/// <summary>Reads lists of post ids, and what explains an entry that does not belong there.</summary>
internal sealed class ListReader(RedisGateway redis)
{
    /// <summary>One entry for each owner, with or without a list.</summary>
    public async Task<IReadOnlyList<List>> Read(string prefix, long[] ownerIds)
    {
        var lists = await redis.Run(store => Task.WhenAll(
            ownerIds.Select(ownerId => store.ListRangeAsync($"{prefix}:{ownerId}"))));
        return [.. ownerIds.Zip(lists, List.Of)];
    }

    /// <summary>
    /// Whether Redis knows what was written under this id, deleted or not: then it is a post that Postgres lacks.
    /// </summary>
    public Task<bool> HasSnapshot(long postId) =>
        redis.Run(store => store.KeyExistsAsync(PostSnapshots.Key(postId)));

    /// <summary>When the reader stopped following the author; null when he never did.</summary>
    public async Task<DateTimeOffset?> PartedAt(long readerId, long authorId) =>
        await redis.Run(store => store.SortedSetScoreAsync(FormerFollowees.Key(readerId), authorId)) is { } ended
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)ended)
            : null;

    /// <param name="PostIds">Each once.</param>
    /// <param name="Floor">From this id on the list should hold every one.</param>
    internal sealed record List(long OwnerId, long? Head, IReadOnlyCollection<long> PostIds, long Floor)
    {
        public static List Of(long ownerId, RedisValue[] entries)
        {
            var ids = Array.ConvertAll(entries, entry => (long)entry);
            long? head = ids.Length > 0 ? ids[0] : null;
            long[] postIds =
                [.. ids.Where(id => id is not (TimelineLists.Complete or TimelineLists.Unfinished)).Distinct()];
            long[] sorted = [.. postIds.Order()];
            return new(ownerId, head, postIds, TimelineLists.FloorOf(head, postIds, sorted, isWhole: true));
        }
    }
}
