using MassTransit;
using Microblog.Contracts.FanOut;
using Microblog.Contracts.FollowGraph;
using Microblog.FanOut.AppendPosts;
using Microblog.FanOut.MergeFollowee;
using Microblog.FanOut.RemoveAuthor;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.FanOut;

/// <summary>What FanOut listens to.</summary>
internal static class FanOutConsumers
{
    /// <summary>Small commands written together: many posts to few readers each, where merging saves most.</summary>
    public const int SmallCommandsPerBatchMax = 64;

    /// <summary>Bulk commands written together, each with thousands of readers.</summary>
    public const int BulkCommandsPerBatchMax = 64;

    /// <summary>
    /// What is written together is cheaper by a third and more, and a post to thousands takes longer than this anyway.
    /// </summary>
    private static readonly TimeSpan BulkWait = TimeSpan.FromMilliseconds(50);

    /// <summary>Follows and unfollows handled at once; each moves a whole list within Redis.</summary>
    private const int ListChangesAtOnceMax = 16;

    public static void Add(IBusRegistrationConfigurator bus)
    {
        bus.ListenInBatches<AppendSmallConsumer, AppendToTimelines>(SmallCommandsPerBatchMax, Lane.Small);
        bus.ListenInBatches<AppendBulkConsumer, AppendToTimelines>(
            BulkCommandsPerBatchMax, Lane.Bulk, batches: 1, BulkWait);
        bus.Listen<MergeFolloweeConsumer, AccountFollowed>(ListChangesAtOnceMax);
        bus.Listen<RemoveUnfollowedConsumer, AccountUnfollowed>(ListChangesAtOnceMax);
        bus.Listen<RemoveBlockedConsumer, AccountBlocked>(ListChangesAtOnceMax);
    }
}
