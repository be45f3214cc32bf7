using MassTransit;
using Microblog.Contracts.FanOut;
using Microblog.Keyspaces;
using StackExchange.Redis;

namespace Microblog.FanOut.Storage;

/// <summary>What a batch of commands says, merged so that each timeline is written once.</summary>
/// <param name="Deliveries">Of all commands.</param>
/// <param name="CommandCount">Commands in the batch.</param>
/// <param name="MayBeRepeated">The broker or a retry brings at least one command again, so that its ids may be
/// there.</param>
internal sealed record AppendBatch(IReadOnlyList<Delivery> Deliveries, int CommandCount, bool MayBeRepeated)
{
    public static AppendBatch Of(Batch<AppendToTimelines> batch) => new(
        [.. batch.SelectMany(command => command.Message.Deliveries)],
        batch.Length,
        batch.Any(command => command.ReceiveContext.Redelivered || command.GetRetryAttempt() > 0));

    /// <summary>The lists of authors' own posts, each with its new ids in order.</summary>
    public IReadOnlyList<TimelinePush> OwnPosts() => Merge(
        from delivery in Deliveries
        where delivery.AuthorId is not null
        select (delivery.AuthorId.GetValueOrDefault(), delivery.PostId),
        AuthorTimelines.Key);

    /// <summary>The home timelines, each with its new ids in order.</summary>
    /// <param name="recentFollowers">By author: who may have followed after FollowGraph looked.</param>
    public IReadOnlyList<TimelinePush> Homes(IReadOnlyDictionary<long, IReadOnlyList<long>> recentFollowers) => Merge(
        from delivery in Deliveries
        from readerId in delivery.AuthorId is { } authorId && recentFollowers.TryGetValue(authorId, out var recent)
            ? delivery.ReaderIds.Concat(recent)
            : delivery.ReaderIds
        select (readerId, delivery.PostId),
        HomeTimelines.Key);

    private static TimelinePush[] Merge(IEnumerable<(long OwnerId, long PostId)> entries, Func<long, string> key)
    {
        var idsByOwner = new Dictionary<long, List<long>>();
        foreach (var (ownerId, postId) in entries)
        {
            if (!idsByOwner.TryGetValue(ownerId, out var ids))
                idsByOwner[ownerId] = ids = new(capacity: 1);
            ids.Add(postId);
        }

        return [.. idsByOwner.Select(owner => new TimelinePush(key(owner.Key), InOrder(owner.Value)))];
    }

    private static IReadOnlyList<RedisValue> InOrder(List<long> ids) => ids.Count == 1
        ? [ids[0]]
        : [.. ids.Distinct().Order().Select(id => (RedisValue)id)];
}
