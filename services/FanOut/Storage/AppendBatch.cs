using MassTransit;
using Microblog.Contracts.FanOut;

namespace Microblog.FanOut.Storage;

/// <summary>What a batch of commands says, to be merged so that each timeline is written once.</summary>
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
    public MergedPushes OwnPosts() => new(
        from delivery in Deliveries
        where delivery.AuthorId is not null
        select (delivery.PostId, (IReadOnlyList<long>)[delivery.AuthorId.GetValueOrDefault()]));

    /// <summary>The home timelines, each with its new ids in order.</summary>
    /// <param name="recentFollowers">By author: who may have followed after FollowGraph looked.</param>
    public MergedPushes Homes(IReadOnlyDictionary<long, IReadOnlyList<long>> recentFollowers) => new(
        Deliveries.Select(delivery => (delivery.PostId, delivery.ReaderIds)).Concat(
            from delivery in Deliveries
            where delivery.AuthorId is { } authorId && recentFollowers.ContainsKey(authorId)
            select (delivery.PostId, recentFollowers[delivery.AuthorId.GetValueOrDefault()])));
}
